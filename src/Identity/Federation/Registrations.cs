using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Client;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Federation;

/// <summary>Makes of a row what the protocol's client works with.</summary>
internal sealed class Registrations(IDataProtectionProvider protection, IdentitySettings settings)
{
    /// <summary>No provider signs with these: HS256 would take the client secret, or a public key, for a signing key.</summary>
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly IDataProtector _protector = protection.CreateProtector("Assize.Identity.UpstreamCredential");

    private const string Tried = "enrolment:";

    public static string LiveKey(string upstreamId) => "agency:" + upstreamId;

    /// <summary>Of an upstream that is tried before it is used: nobody is admitted by it.</summary>
    public static string TestKey(string enrolmentId) => Tried + enrolmentId;

    /// <summary>Null of an upstream in use.</summary>
    public static string? EnrolmentOf(string key) => key.StartsWith(Tried, StringComparison.Ordinal) ? key[Tried.Length..] : null;

    public Uri RedirectUri(string upstreamId) => RedirectUri(settings.Url, upstreamId);

    public static Uri RedirectUri(Uri server, string upstreamId) => new(server, "/signin/agency/" + upstreamId);

    public string Protect(string credential) => Convert.ToBase64String(_protector.Protect(Encoding.UTF8.GetBytes(credential)));

    public string Unprotect(string stored) => Encoding.UTF8.GetString(_protector.Unprotect(Convert.FromBase64String(stored)));

    public static string Fingerprint(Upstream row) => string.Join('\n', row.Issuer, row.ClientId, row.Authentication, row.ProtectedCredential);

    public OpenIddictClientRegistration Make(string key, Upstream row)
    {
        OpenIddictClientRegistration registration = new()
        {
            RegistrationId = key,
            Issuer = new Uri(row.Issuer),
            ClaimsIssuer = row.Issuer,
            ClientId = row.ClientId,
            RedirectUri = RedirectUri(row.Id),
            GrantTypes = { GrantTypes.AuthorizationCode },
            ResponseTypes = { ResponseTypes.Code },
            ResponseModes = { ResponseModes.Query },
            CodeChallengeMethods = { CodeChallengeMethods.Sha256 },
            ClientAuthenticationMethods = { row.Authentication! },

            // The client leaves its id out of a pushed request's body when it is in the header, which the standard does not allow.
            DisablePushedAuthorizationRequests = row.Authentication == UpstreamAuthentication.Basic,
            Scopes = { Scopes.OpenId, Scopes.Profile, Scopes.Email },
        };
        registration.TokenValidationParameters.ValidAlgorithms = s_algorithms;
        string credential = Unprotect(row.ProtectedCredential!);
        if (row.Authentication == UpstreamAuthentication.PrivateKey)
        {
            registration.SigningCredentials.Add(ClientKey.Read(credential));
        }
        else
        {
            registration.ClientSecret = credential;
        }
        return registration;
    }
}

/// <summary>A key pair of ours by which one provider knows us.</summary>
internal static class ClientKey
{
    public static string Make()
    {
        using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return pair.ExportPkcs8PrivateKeyPem();
    }

    public static SigningCredentials Read(string pem)
    {
        ECDsa pair = ECDsa.Create();
        pair.ImportFromPem(pem);
        ECDsaSecurityKey key = new(pair);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>What the provider is given: the public half alone.</summary>
    public static Dictionary<string, string> PublicJwk(string pem)
    {
        using ECDsa pair = ECDsa.Create();
        pair.ImportFromPem(pem);
        ECParameters half = pair.ExportParameters(includePrivateParameters: false);
        return new Dictionary<string, string>
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(half.Q.X!),
            ["y"] = Base64UrlEncoder.Encode(half.Q.Y!),
            ["alg"] = SecurityAlgorithms.EcdsaSha256,
            ["use"] = "sig",
            ["kid"] = Read(pem).Key.KeyId,
        };
    }
}
