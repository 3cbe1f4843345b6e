using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>That the agency itself wants the enrolment: its own key signed a challenge that stands for every setting.</summary>
internal static class AgencyProof
{
    private const string Type = "assize-enrolment+jwt";
    private static readonly TimeSpan s_freshFor = TimeSpan.FromDays(1);

    /// <summary>Any other setting, redirect address or key is another challenge.</summary>
    public static string Challenge(IReadOnlyList<string?> settings) => RandomNumberGenerator.GetHexString(32, lowercase: true) + "." + Digest(settings);

    public static bool StandsFor(string challenge, IReadOnlyList<string?> settings) => challenge.EndsWith("." + Digest(settings), StringComparison.Ordinal);

    private static string Digest(IReadOnlyList<string?> settings) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(settings)));

    /// <summary>Null unless it is a public P-256 key.</summary>
    public static JsonWebKey? Key(string json)
    {
        try
        {
            JsonWebKey key = new(json);
            return key is { Kty: "EC", Crv: "P-256", HasPrivateKey: false, X.Length: > 0, Y.Length: > 0 } ? key : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static string Thumbprint(string json) => Base64UrlEncoder.Encode(new JsonWebKey(json).ComputeJwkThumbprint());

    public static async Task<bool> IsGoodAsync(string proof, UpstreamEnrolment enrolment, Uri server, DateTimeOffset now)
    {
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(proof, new TokenValidationParameters
        {
            ValidTypes = [Type],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = new JsonWebKey(enrolment.AgencyKey),
            TryAllIssuerSigningKeys = true,
            ValidAudience = server.AbsoluteUri,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return result.IsValid && result.SecurityToken is JsonWebToken token
            && token.TryGetPayloadValue("challenge", out string? signed)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signed ?? ""), Encoding.UTF8.GetBytes(enrolment.Challenge))
            && token.IssuedAt > now.UtcDateTime - s_freshFor && token.IssuedAt < now.UtcDateTime.AddMinutes(5);
    }
}
