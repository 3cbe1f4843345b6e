using System.Text.RegularExpressions;
using Assize.Identity.Administration;
using Assize.Identity.Directory;
using Assize.Identity.Federation.Entra;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>From what was typed to a draft, or to the fields that are wrong.</summary>
internal sealed partial class EnrolmentDrafting(IdentityDb db, Registrations registrations, IdentitySettings settings, TimeProvider clock)
{
    public async Task<(UpstreamEnrolment? Draft, Dictionary<string, string[]> Problems)> MakeAsync(EnrolmentDraft typed, PlatformAdmin by, CancellationToken ct)
    {
        string? issuer = typed.Kind == UpstreamKind.Entra ? EntraIssuer.TenantOf(typed.Issuer) : Issuer(typed.Issuer);
        string key = typed.AgencyKey.ValueKind == System.Text.Json.JsonValueKind.Object ? typed.AgencyKey.GetRawText() : "{}";
        Dictionary<string, string[]> problems = Problems(typed, issuer, key);
        Upstream? live = await db.Upstreams.AsNoTracking().SingleOrDefaultAsync(row => row.Id == typed.Upstream, ct);
        if (live is not null && (live.AgencyId != typed.Agency || live.Kind != typed.Kind))
        {
            problems["upstream"] = ["Expected a name that is not in use, but this one belongs to another agency or is of another kind."];
        }
        if (await db.Upstreams.AnyAsync(row => row.Id != typed.Upstream && row.Kind == typed.Kind && row.Issuer == issuer, ct))
        {
            problems["issuer"] = ["Expected an issuer that nobody uses yet, but another agency signs in with it."];
        }
        Agency? agency = await db.Agencies.AsNoTracking().SingleOrDefaultAsync(known => known.Id == typed.Agency, ct);
        if (agency is null ? typed.AgencyKind == AgencyKind.Platform : agency.Kind != typed.AgencyKind)
        {
            problems["agencyKind"] = [agency is null ? "Expected police, prosecutor, court or defence: the platform is not enrolled anew." : $"Expected the kind that the agency has, which is {agency.Kind}."];
        }
        return problems.Count > 0 ? (null, problems) : (Draft(typed, issuer!, key, by), problems);
    }

    private UpstreamEnrolment Draft(EnrolmentDraft typed, string issuer, string key, PlatformAdmin by)
    {
        bool openId = typed.Kind == UpstreamKind.OpenId;
        string? credential = !openId ? null : typed.Authentication == UpstreamAuthentication.PrivateKey ? ClientKey.Make() : typed.ClientSecret;
        string assurance = string.Join('\n', typed.TwoFactors ?? []);
        return new UpstreamEnrolment
        {
            Id = Guid.NewGuid().ToString("n"),
            UpstreamId = typed.Upstream,
            AgencyId = typed.Agency,
            AgencyKind = typed.AgencyKind,
            AgencyName = typed.AgencyName.Trim(),
            Kind = typed.Kind,
            Issuer = issuer,
            ClientId = openId ? typed.ClientId : null,
            Authentication = openId ? typed.Authentication : null,
            ProtectedCredential = credential is null ? null : registrations.Protect(credential),
            AdmitsNewcomers = typed.AdmitsNewcomers,
            ExternalIdClaim = openId && typed.ExternalIdClaim is { Length: > 0 } claim ? claim : null,
            Contact = string.IsNullOrWhiteSpace(typed.Contact) ? null : typed.Contact.Trim(),
            Assurance = assurance,
            AgencyKey = key,
            Challenge = AgencyProof.Challenge(typed.Upstream, typed.Agency, typed.Kind, issuer, typed.ClientId, registrations.RedirectUri(typed.Upstream).AbsoluteUri, assurance, typed.ExternalIdClaim, AgencyProof.Thumbprint(key)),
            Stage = EnrolmentStage.Draft,
            DraftedBy = by.Subject,
            CreatedAt = clock.GetUtcNow(),
        };
    }

    private static Dictionary<string, string[]> Problems(EnrolmentDraft typed, string? issuer, string key)
    {
        Dictionary<string, string[]> problems = [];
        Need(Name().IsMatch(typed.Upstream ?? ""), "upstream", "Expected 1 to 64 small letters, digits and hyphens.");
        Need(Name().IsMatch(typed.Agency ?? ""), "agency", "Expected 1 to 64 small letters, digits and hyphens.");
        Need(AgencyKind.All.Contains(typed.AgencyKind), "agencyKind", "Expected police, prosecutor, court or defence.");
        Need(typed.AgencyName?.Trim() is { Length: > 0 and <= 200 }, "agencyName", "Expected the agency's name, at most 200 characters.");
        Need(typed.Kind is UpstreamKind.OpenId or UpstreamKind.Entra, "kind", "Expected oidc or entra.");
        Need(issuer is not null, "issuer", "Expected the provider's exact https address without a query, or the tenant's id as a GUID.");
        Need(AgencyProof.Key(key) is not null, "agencyKey", "Expected a public P-256 key as JSON Web Key, without its private part.");
        Need(typed.TwoFactors?.All(line => TwoFactors().IsMatch(line)) != false, "twoFactors", "Expected “acr value” or “amr value” in each line.");
        Need(typed.Contact is null || (typed.Contact.Length <= Words.LongestName && Words.IsOneLine(typed.Contact)), "contact", $"Expected at most {Words.LongestName} characters on one line.");
        if (typed.Kind == UpstreamKind.OpenId)
        {
            Need(typed.ExternalIdClaim is not { Length: > 0 } named || (Claim().IsMatch(named) && !s_changeable.Contains(named)), "externalIdClaim", "Expected the name of a claim that never changes and that nobody chooses for themselves; a name, an e-mail address or a number to call is none.");
            Need(typed.ClientId is { Length: > 0 and <= 200 }, "clientId", "Expected the id that the provider knows this server by.");
            Need(UpstreamAuthentication.All.Contains(typed.Authentication ?? ""), "authentication", "Expected private_key_jwt, client_secret_basic or client_secret_post.");
            Need(typed.Authentication == UpstreamAuthentication.PrivateKey || typed.ClientSecret is { Length: >= 16 }, "clientSecret", "Expected a secret of at least 16 characters.");
        }
        return problems;

        void Need(bool good, string field, string expected)
        {
            if (!good)
            {
                problems[field] = [expected];
            }
        }
    }

    // Whoever may choose such a value may choose somebody else's.
    private static readonly string[] s_changeable = ["email", "preferred_username", "upn", "unique_name", "name", "nickname", "given_name", "family_name", "phone_number", "profile", "website"];

    private string? Issuer(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (settings.AllowsLoopbackUpstreams && uri.IsLoopback)) ? text : null;

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\z")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.:/-]{0,99}\\z")]
    private static partial Regex Claim();

    [GeneratedRegex("^(?:acr|amr) [^\\s]{1,200}\\z")]
    private static partial Regex TwoFactors();
}
