using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Federation.Enrolment;
using Assize.Identity.Federation.Entra;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Founding;

/// <summary>Appoints the first two platform administrators, with the way in which they sign in. Once: afterwards administrators appoint administrators.</summary>
internal sealed class FoundPlatform(IdentityDb db, DirectoryWriter directory, UpstreamWriter upstreams, EnrolmentDrafting drafting, UpstreamChecks checks)
{
    /// <summary>The upstream that now is, or why nothing was changed.</summary>
    public async Task<(Upstream? Made, IReadOnlyList<string> Problems)> RunAsync(FoundingFile file, string operatedBy, CancellationToken ct)
    {
        if (await ExistsAsync(ct))
        {
            return (null, ["This deployment has, or had, platform administrators. They appoint others; nobody is appointed by this command again."]);
        }
        EnrolmentDraft typed = file.Upstream.Draft(file);
        (UpstreamEnrolment? draft, Dictionary<string, string> wrong) = await drafting.OfPlatformAsync(typed, ct);
        List<string> problems = [.. wrong.Select(field => $"{field.Key}: {field.Value}"), .. Administrators(file)];
        if (draft is null || problems.Count > 0)
        {
            return (null, problems);
        }
        CheckResult[] failed = [.. (await checks.RunAsync(draft, ct)).Where(result => result.Outcome == CheckResult.Failed)];
        if (failed.Length > 0)
        {
            return (null, [.. failed.Select(result => $"{result.Check}: {result.Detail}")]);
        }
        Upstream upstream = draft.Upstream();
        bool done = await directory.ChangeAsync(unit => AppointAsync(unit, file, upstream, operatedBy, ct), ct);
        return done ? (upstream, []) : (null, ["Somebody else appointed platform administrators at the same moment. Nothing was changed."]);
    }

    // Once more with the directory's row held: two operators at once appoint once.
    private async Task<bool> AppointAsync(DirectoryUnit unit, FoundingFile file, Upstream upstream, string operatedBy, CancellationToken ct)
    {
        if (await ExistsAsync(ct))
        {
            return false;
        }
        if (!await db.Agencies.AnyAsync(agency => agency.Id == file.Agency, ct))
        {
            unit.Add(new Agency { Id = file.Agency, Kind = AgencyKind.Platform, Name = file.AgencyName });
        }
        List<string> appointed = [];
        foreach (FoundingAdministrator administrator in file.Administrators)
        {
            Account account = Account(file, upstream, administrator);
            account.Roles.Add(HomeRole.Usual(account, RoleCatalogue.PlatformAdmin, unit.Now));
            unit.Add(account);
            appointed.Add(account.Subject);
        }
        AuditLog.Record(db, unit.Now, AuditActor.Server, "platform.found", "agency", file.Agency,
            JsonSerializer.Serialize(new { upstream = upstream.Id, upstream.Kind, upstream.Issuer, administrators = appointed }), $"Run by {operatedBy}");
        await upstreams.PutAsync(upstream, ct);
        return true;
    }

    private static Account Account(FoundingFile file, Upstream upstream, FoundingAdministrator administrator)
    {
        string subject = upstream.Kind == UpstreamKind.Entra ? EntraIssuer.TenantOf(administrator.Subject)! : administrator.Subject;
        return new Account
        {
            Subject = Reception.SubjectOf(new Arrival(upstream.Id, upstream.Issuer, subject, administrator.Name, null), file.Agency),
            Name = administrator.Name.Trim(),
            AgencyId = file.Agency,
            Title = "Platform administrator",
            Provider = upstream.Kind,
            ProviderIssuer = upstream.Issuer,
            ProviderSubject = subject,
        };
    }

    private static IEnumerable<string> Administrators(FoundingFile file)
    {
        if (file.Administrators.Count != 2 || file.Administrators.Select(one => one.Subject?.Trim().ToUpperInvariant()).Distinct().Count() != 2)
        {
            yield return "administrators: Expected two different people, since nobody acts alone.";
        }
        if (file.Administrators.Any(one => one.Subject is not { Length: > 0 and <= 200 } || (file.Upstream.Kind == UpstreamKind.Entra && EntraIssuer.TenantOf(one.Subject) is null)))
        {
            yield return "administrators: Expected what the provider calls each of them: the claim “sub”, or in a tenant the object id.";
        }
        if (file.Administrators.Any(one => one.Name?.Trim() is not { Length: > 0 and <= 200 }))
        {
            yield return "administrators: Expected a name of at most 200 characters for each.";
        }
    }

    // Ended ones count as well: whoever can start programs must not be able to come in beside those whom the audit knows.
    private Task<bool> ExistsAsync(CancellationToken ct) => db.HomeRoles.AnyAsync(role => role.Role == RoleCatalogue.PlatformAdmin, ct);
}
