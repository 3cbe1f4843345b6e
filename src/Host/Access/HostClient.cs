using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Host.Access;

/// <summary>Host as a client of the identity server: it signs each request with its own key (private_key_jwt).</summary>
public sealed class HostClient(AccessSettings settings, TimeProvider clock)
{
    public const string Id = "assize-host";
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly JsonWebTokenHandler s_writer = new() { SetDefaultTimesOnTokenCreation = false };
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(1);

    private readonly Lazy<SigningCredentials> _credentials = new(() => Open(HostKey.ReadOrCreate(settings.DataFolder, settings.ClientKeyFile)));

    public SigningCredentials Credentials => _credentials.Value;

    /// <summary>Good for one request and one minute.</summary>
    public string Assertion()
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return s_writer.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "client-authentication+jwt",
            Issuer = Id,
            Audience = settings.IdentityUrl.AbsoluteUri,
            Claims = new Dictionary<string, object> { ["sub"] = Id, ["jti"] = RandomNumberGenerator.GetHexString(32) },
            IssuedAt = now,
            Expires = now + s_life,
            SigningCredentials = Credentials,
        });
    }

    /// <summary>A request to the token endpoint, with the proof of who asks.</summary>
    public FormUrlEncodedContent Form(params IEnumerable<KeyValuePair<string, string>> fields) => new(
        [.. fields, new("client_id", Id), new("client_assertion_type", AssertionType), new("client_assertion", Assertion())]);

    private static SigningCredentials Open(JsonWebKey key)
    {
        ECDsa pair = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
            D = Base64UrlEncoder.DecodeBytes(key.D),
        });
        return new SigningCredentials(new ECDsaSecurityKey(pair) { KeyId = key.KeyId }, SecurityAlgorithms.EcdsaSha256);
    }
}
