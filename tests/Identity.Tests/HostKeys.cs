using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Tests;

/// <summary>Host's side of private_key_jwt: a key of its own, and assertions as they should be or not.</summary>
public sealed class HostKeys
{
    public const string Id = "assize-host";
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _kid = RandomNumberGenerator.GetHexString(16);

    /// <summary>The JSON Web Key Set that the identity server is given.</summary>
    public string PublicSet
    {
        get
        {
            ECParameters numbers = _pair.ExportParameters(includePrivateParameters: false);
            return JsonSerializer.Serialize(new
            {
                keys = new[] { new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(numbers.Q.X), y = Base64UrlEncoder.Encode(numbers.Q.Y), kid = _kid, use = "sig", alg = "ES256" } },
            });
        }
    }

    /// <summary>The private JSON Web Key, for programs that sign on their own.</summary>
    public string Private
    {
        get
        {
            ECParameters numbers = _pair.ExportParameters(includePrivateParameters: true);
            return JsonSerializer.Serialize(new
            {
                kty = "EC",
                crv = "P-256",
                x = Base64UrlEncoder.Encode(numbers.Q.X),
                y = Base64UrlEncoder.Encode(numbers.Q.Y),
                d = Base64UrlEncoder.Encode(numbers.D),
                kid = _kid,
            });
        }
    }

    public byte[] Sign(byte[] text) => _pair.SignData(text, HashAlgorithmName.SHA256);

    public string Assertion(Uri issuer, string type = "client-authentication+jwt", string? jti = "", TimeSpan? life = null, string? audience = null, string client = Id)
    {
        Dictionary<string, object> claims = new() { ["sub"] = client };
        if (jti is not null)
        {
            claims["jti"] = jti.Length > 0 ? jti : RandomNumberGenerator.GetHexString(32);
        }
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Issuer = client,
            Audience = audience ?? issuer.AbsoluteUri,
            Claims = claims,
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow + (life ?? TimeSpan.FromMinutes(1)),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_pair) { KeyId = _kid }, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
