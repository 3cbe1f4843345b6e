using System.Text.RegularExpressions;
using Assize.Identity.Administration;
using Assize.Identity.Directory;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>What the fields of a draft may hold, each for itself.</summary>
internal static partial class DraftRules
{
    // Whoever may choose such a value may choose somebody else's.
    private static readonly string[] s_changeable = ["email", "preferred_username", "upn", "unique_name", "name", "nickname", "given_name", "family_name", "phone_number", "profile", "website"];

    public static Dictionary<string, string> Problems(EnrolmentDraft typed, string? issuer)
    {
        Dictionary<string, string> problems = [];
        Need(Name().IsMatch(typed.Upstream ?? ""), "upstream", "Expected 1 to 64 small letters, digits and hyphens.");
        Need(Name().IsMatch(typed.Agency ?? ""), "agency", "Expected 1 to 64 small letters, digits and hyphens.");
        Need(AgencyKind.All.Contains(typed.AgencyKind), "agencyKind", "Expected police, prosecutor, court or defence.");
        Need(typed.AgencyName?.Trim() is { Length: > 0 and <= 200 }, "agencyName", "Expected the agency's name, at most 200 characters.");
        Need(typed.Kind is UpstreamKind.OpenId or UpstreamKind.Entra, "kind", "Expected oidc or entra.");
        Need(issuer is not null, "issuer", "Expected the provider's exact https address without a query, or the tenant's id as a GUID.");
        NeedTwoFactors(typed.TwoFactors ?? []);
        Need(typed.Contact is null || (typed.Contact.Length <= Words.LongestName && Words.IsOneLine(typed.Contact)), "contact", $"Expected at most {Words.LongestName} characters on one line.");
        if (typed.Kind == UpstreamKind.OpenId)
        {
            Need(typed.ExternalIdClaim is not { Length: > 0 } named || (Claim().IsMatch(named) && !s_changeable.Contains(named)), "externalIdClaim", "Expected the name of a claim that never changes and that nobody chooses for themselves; a name, an e-mail address or a number to call is none.");
            Need(typed.ClientId is { Length: > 0 and <= 200 }, "clientId", "Expected the id that the provider knows this server by.");
            Need(UpstreamAuthentication.All.Contains(typed.Authentication ?? ""), "authentication", "Expected private_key_jwt, client_secret_basic or client_secret_post.");
            Need(typed.Authentication == UpstreamAuthentication.PrivateKey || typed.ClientSecret is { Length: >= 16 }, "clientSecret", "Expected a secret of at least 16 characters.");
        }
        return problems;

        // A claims request asks for one context, and Entra ID's tokens of version 2.0 have neither acr nor amr.
        void NeedTwoFactors(IReadOnlyList<string> lines)
        {
            bool isTenant = typed.Kind == UpstreamKind.Entra;
            Need(isTenant ? lines.Count <= 1 && lines.All(line => Context().IsMatch(line)) : lines.All(line => TwoFactors().IsMatch(line)), "twoFactors",
                isTenant ? "Expected one authentication context of the tenant, “acrs c1” to “acrs c99”, or none." : "Expected “acr value” or “amr value” in each line.");
        }

        void Need(bool good, string field, string expected)
        {
            if (!good)
            {
                problems[field] = expected;
            }
        }
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\z")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.:/-]{0,99}\\z")]
    private static partial Regex Claim();

    [GeneratedRegex("^(?:acr|amr) [^\\s]{1,200}\\z")]
    private static partial Regex TwoFactors();

    [GeneratedRegex("^acrs c[1-9][0-9]?\\z")]
    private static partial Regex Context();
}
