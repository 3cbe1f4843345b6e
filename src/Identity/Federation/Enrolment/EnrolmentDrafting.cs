using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Federation.Entra;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>From what was typed to a draft, or to the fields that are wrong.</summary>
internal sealed class EnrolmentDrafting(IdentityDb db, Registrations registrations, IdentitySettings settings, TimeProvider clock)
{
    public Task<(UpstreamEnrolment? Draft, Dictionary<string, string> Problems)> MakeAsync(EnrolmentDraft typed, PlatformAdmin by, CancellationToken ct)
    {
        string key = typed.AgencyKey.ValueKind == JsonValueKind.Object ? typed.AgencyKey.GetRawText() : UpstreamEnrolment.NoKey;
        return AgencyProof.Key(key) is null ? WithoutKeyAsync(typed, ct) : MakeAsync(typed, key, by.Subject, ct);
    }

    /// <summary>The platform's own, before there is anybody who could draft or approve it: an operator stands in for the agency's signature.</summary>
    public async Task<(UpstreamEnrolment? Draft, Dictionary<string, string> Problems)> OfPlatformAsync(EnrolmentDraft typed, CancellationToken ct) =>
        await MakeAsync(typed, null, AuditActor.Server.Subject, ct, founding: true);

    private async Task<(UpstreamEnrolment? Draft, Dictionary<string, string> Problems)> WithoutKeyAsync(EnrolmentDraft typed, CancellationToken ct)
    {
        (_, Dictionary<string, string> problems) = await MakeAsync(typed, null, "", ct);
        problems["agencyKey"] = "Expected a public P-256 key as JSON Web Key, without its private part.";
        return (null, problems);
    }

    private async Task<(UpstreamEnrolment? Draft, Dictionary<string, string> Problems)> MakeAsync(EnrolmentDraft typed, string? key, string by, CancellationToken ct, bool founding = false)
    {
        string? issuer = typed.Kind == UpstreamKind.Entra ? EntraIssuer.TenantOf(typed.Issuer) : Issuer(typed.Issuer);
        Dictionary<string, string> problems = DraftRules.Problems(typed, issuer);
        Upstream? live = await db.Upstreams.AsNoTracking().SingleOrDefaultAsync(row => row.Id == typed.Upstream, ct);
        if (live is not null && (live.AgencyId != typed.Agency || live.Kind != typed.Kind))
        {
            problems["upstream"] = "Expected a name that is not in use, but this one belongs to another agency or is of another kind.";
        }
        if (await db.Upstreams.AnyAsync(row => row.Id != typed.Upstream && row.Kind == typed.Kind && row.Issuer == issuer, ct))
        {
            problems["issuer"] = "Expected an issuer that nobody uses yet, but another agency signs in with it.";
        }
        Agency? agency = await db.Agencies.AsNoTracking().SingleOrDefaultAsync(known => known.Id == typed.Agency, ct);
        if (agency is null ? typed.AgencyKind == AgencyKind.Platform && !founding : agency.Kind != typed.AgencyKind)
        {
            problems["agencyKind"] = agency is null ? "Expected police, prosecutor, court or defence: the platform is not enrolled anew." : $"Expected the kind that the agency has, which is {agency.Kind}.";
        }
        return problems.Count > 0 ? (null, problems) : (Draft(typed, issuer!, key, by), problems);
    }

    private UpstreamEnrolment Draft(EnrolmentDraft typed, string issuer, string? key, string by)
    {
        bool openId = typed.Kind == UpstreamKind.OpenId;
        string? credential = !openId ? null : typed.Authentication == UpstreamAuthentication.PrivateKey ? ClientKey.Make() : typed.ClientSecret;
        string assurance = string.Join('\n', typed.TwoFactors ?? []);
        UpstreamEnrolment draft = new()
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
            AgencyKey = key ?? UpstreamEnrolment.NoKey,
            Stage = EnrolmentStage.Draft,
            DraftedBy = by,
            CreatedAt = clock.GetUtcNow(),
        };
        if (key is not null)
        {
            draft.Bind(registrations.RedirectUri(typed.Upstream));
        }
        return draft;
    }

    private string? Issuer(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (settings.AllowsLoopbackUpstreams && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) ? text : null;
}
