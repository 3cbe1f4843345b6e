using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Clients;

/// <summary>The public half of a system's key, as somebody pasted it: a key or a certificate as PEM text, or a JSON Web Key. Nothing but its numbers is kept.</summary>
internal sealed record PublishedKey(string Jwk, string Thumbprint, string Kind)
{
    public const string NoKey = "Expected a public key or a certificate as PEM text, or a JSON Web Key.";
    public const string Private = "This is a private key, which nobody but the system may have. It was not kept. Make another pair of keys, and send the public one.";
    public const string Weak = "Expected an RSA key of at least 2048 bits, or a key on the curve P-256, P-384 or P-521.";
    private const int Longest = 16_384;
    private const int LeastBits = 2048;

    private static readonly Dictionary<string, string> s_curves = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.3.1.7"] = JsonWebKeyECTypes.P256,
        ["1.3.132.0.34"] = JsonWebKeyECTypes.P384,
        ["1.3.132.0.35"] = JsonWebKeyECTypes.P521,
    };

    /// <summary>The key, or what is wrong with the text.</summary>
    public static (PublishedKey? Key, string? Wrong) Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            return (null, NoKey);
        }
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return (null, Private);
        }
        try
        {
            return text.Contains("-----BEGIN", StringComparison.Ordinal) ? OfPem(text) : OfJson(text);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or FormatException or JsonException)
        {
            return (null, NoKey);
        }
    }

    private static (PublishedKey? Key, string? Wrong) OfPem(string text)
    {
        if (text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(text);
            using RSA? rsa = certificate.GetRSAPublicKey();
            using ECDsa? curve = rsa is null ? certificate.GetECDsaPublicKey() : null;
            return rsa is not null ? Of(rsa) : curve is not null ? Of(curve) : (null, Weak);
        }
        try
        {
            using ECDsa curve = ECDsa.Create();
            curve.ImportFromPem(text);
            return Of(curve);
        }
        catch (CryptographicException)
        {
            using RSA rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return Of(rsa);
        }
    }

    private static (PublishedKey? Key, string? Wrong) OfJson(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement key = document.RootElement;
        if (key.ValueKind == JsonValueKind.Object && key.TryGetProperty("keys", out JsonElement keys))
        {
            if (keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() != 1)
            {
                return (null, NoKey);
            }
            key = keys[0];
        }
        JsonWebKey read = new(key.GetRawText());
        if (read.HasPrivateKey || read.K is not null)
        {
            return (null, Private);
        }
        switch (read)
        {
            case { Kty: JsonWebAlgorithmsKeyTypes.RSA, N: { } n, E: { } e }:
                using (RSA rsa = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(n), Exponent = Base64UrlEncoder.DecodeBytes(e) }))
                {
                    return Of(rsa);
                }
            case { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, X: { } x, Y: { } y, Crv: { } curve } when s_curves.FirstOrDefault(known => known.Value == curve).Key is { } oid:
                using (ECDsa pair = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromValue(oid), Q = { X = Base64UrlEncoder.DecodeBytes(x), Y = Base64UrlEncoder.DecodeBytes(y) } }))
                {
                    return Of(pair);
                }
            default:
                return (null, read.Kty is null ? NoKey : Weak);
        }
    }

    private static (PublishedKey? Key, string? Wrong) Of(RSA rsa)
    {
        RSAParameters numbers = rsa.ExportParameters(includePrivateParameters: false);
        return rsa.KeySize < LeastBits ? (null, Weak) : (Of(string.Create(CultureInfo.InvariantCulture, $"RSA {rsa.KeySize}"), new()
        {
            ["kty"] = JsonWebAlgorithmsKeyTypes.RSA,
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
        }), null);
    }

    private static (PublishedKey? Key, string? Wrong) Of(ECDsa pair)
    {
        ECParameters numbers = pair.ExportParameters(includePrivateParameters: false);
        return !s_curves.TryGetValue(numbers.Curve.Oid.Value ?? "", out string? curve) ? (null, Weak) : (Of(curve, new()
        {
            ["kty"] = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            ["crv"] = curve,
            ["x"] = Base64UrlEncoder.Encode(numbers.Q.X),
            ["y"] = Base64UrlEncoder.Encode(numbers.Q.Y),
        }), null);
    }

    private static PublishedKey Of(string kind, Dictionary<string, string> members)
    {
        string thumbprint = Base64UrlEncoder.Encode(new JsonWebKey(JsonSerializer.Serialize(members)).ComputeJwkThumbprint());
        members["use"] = "sig";
        members["kid"] = thumbprint;
        return new PublishedKey(JsonSerializer.Serialize(members), thumbprint, kind);
    }
}
