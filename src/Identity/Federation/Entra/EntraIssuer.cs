using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Federation.Entra;

/// <summary>
/// The library's own check takes any tenant, whatever list of issuers it is given, takes tokens without a tenant and tokens of version 1.
/// This one comes first: version 2.0, a tenant that is enrolled, and exactly that tenant's issuer.
/// </summary>
internal static class EntraIssuer
{
    public static IssuerValidator Wrap(IssuerValidator? inner, EntraSettings entra, UpstreamRegistry registry) => (issuer, token, parameters) =>
    {
        if (token is not JsonWebToken jwt || Claim(jwt, "ver") != "2.0")
        {
            throw new SecurityTokenInvalidIssuerException("Expected a token of version 2.0, but it is of another.");
        }
        if (TenantOf(Claim(jwt, "tid")) is not { } tenant || !registry.IsTenantKnown(tenant))
        {
            throw new SecurityTokenInvalidIssuerException("Expected a token of an enrolled tenant, but it names another or none.");
        }
        if (!string.Equals(issuer, $"{entra.Instance.AbsoluteUri}{tenant}/v2.0", StringComparison.Ordinal))
        {
            throw new SecurityTokenInvalidIssuerException("Expected the issuer of the token's own tenant, but it is another.");
        }
        return inner is null ? issuer : inner(issuer, token, parameters);
    };

    /// <summary>A GUID in small letters; null for anything else, so that one tenant has one spelling.</summary>
    public static string? TenantOf(string? text) => Guid.TryParseExact(text, "D", out Guid id) ? id.ToString("D") : null;

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue(name, out string? value) ? value : null;
}
