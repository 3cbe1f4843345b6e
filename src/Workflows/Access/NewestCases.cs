using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>
/// A page of the newest visible cases, without walking past everybody else's: candidates come off an index of the few agencies, areas and cases
/// that the caller's roles and grants can reach, and the filter alone says which of them are visible.
/// </summary>
public sealed class NewestCases(IAccessEvaluator access, TimeProvider clock)
{
    private const int LargestWindow = 20_000;

    /// <param name="after">The last row of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<CaseFile>> PageAsync(CaseDb db, Caller caller, (DateTimeOffset CreatedAt, string Id)? after, int count, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var grants = await db.Set<AccessGrant>().AsNoTracking()
            .Where(grant => grant.Subject == caller.Subject && grant.LiveAt <= now && grant.EndedAt == null)
            .Select(grant => new { grant.CaseId, grant.ConsentedAgency }).ToListAsync(ct);
        List<CaseFile> found = [];
        IEnumerable<Source> elsewhere = grants.Where(grant => grant.CaseId is null).Select(grant => grant.ConsentedAgency).OfType<string>().Select(agency => new Source(agency, true, null));
        foreach (Source source in elsewhere.Concat(await AtHomeAsync(db, caller, now, ct)).Distinct())
        {
            found.AddRange(await OfSourceAsync(db, caller, source, after, count, ct));
        }
        string[] named = [.. grants.Select(grant => grant.CaseId).OfType<string>().Distinct()];
        if (named.Length > 0)
        {
            found.AddRange(await After(access.VisibleCases(db, caller).AsNoTracking().Where(file => named.Contains(file.Id)), after)
                .OrderByDescending(file => file.CreatedAt).ThenByDescending(file => file.Id).Take(count).ToListAsync(ct));
        }
        return [.. found.DistinctBy(file => file.Id).OrderByDescending(file => file.CreatedAt).ThenByDescending(file => file.Id, StringComparer.Ordinal).Take(count)];
    }

    // A role without an area reaches all of the agency's cases; otherwise only those of its areas are candidates, and those from before areas stood beside them.
    private static async Task<IEnumerable<Source>> AtHomeAsync(CaseDb db, Caller caller, DateTimeOffset now, CancellationToken ct)
    {
        List<string?> areas = await db.Set<HomeRole>().AsNoTracking()
            .Where(role => role.Subject == caller.Subject && role.From <= now && (role.To == null || role.To > now)).Select(role => role.Area).Distinct().ToListAsync(ct);
        return areas.Count == 0 ? [] : areas.Contains(null)
            ? [new Source(caller.Agency, true, null)]
            : areas.Append(null).Select(area => new Source(caller.Agency, false, area));
    }

    // The database cannot tell how many of the candidates the filter lets through, and would rather read them all. So it is given a few at a time.
    private async Task<List<CaseFile>> OfSourceAsync(
        CaseDb db, Caller caller, Source source, (DateTimeOffset CreatedAt, string Id)? after, int count, CancellationToken ct)
    {
        List<CaseFile> found = [];
        for (int window = 8 * count; ; window = Math.Min(4 * window, LargestWindow))
        {
            var candidates = Candidates(db, source, after).Select(part => new { part.CaseCreatedAt, part.CaseId }).Take(window);
            found.AddRange(await candidates.Join(access.VisibleCases(db, caller), part => part.CaseId, file => file.Id, (part, file) => new { part.CaseCreatedAt, part.CaseId, File = file })
                .OrderByDescending(row => row.CaseCreatedAt).ThenByDescending(row => row.CaseId).Take(count - found.Count).Select(row => row.File).AsNoTracking().ToListAsync(ct));
            if (found.Count == count || await candidates.Skip(window - 1).FirstOrDefaultAsync(ct) is not { } last)
            {
                return found;
            }
            after = (last.CaseCreatedAt!.Value, last.CaseId);
        }
    }

    private static IOrderedQueryable<CaseParticipant> Candidates(CaseDb db, Source source, (DateTimeOffset CreatedAt, string Id)? after)
    {
        IQueryable<CaseParticipant> parts = db.Participants.AsNoTracking().Where(part => part.Agency == source.Agency && part.WithdrawnAt == null);
        if (!source.AnyArea)
        {
            parts = parts.Where(part => part.CaseArea == source.Area);
        }
        if (after is var (created, id))
        {
            parts = parts.Where(part => part.CaseCreatedAt < created || (part.CaseCreatedAt == created && part.CaseId.CompareTo(id) < 0));
        }
        return parts.OrderByDescending(part => part.CaseCreatedAt).ThenByDescending(part => part.CaseId);
    }

    private static IQueryable<CaseFile> After(IQueryable<CaseFile> files, (DateTimeOffset CreatedAt, string Id)? after) => after is var (created, id)
        ? files.Where(file => file.CreatedAt < created || (file.CreatedAt == created && file.Id.CompareTo(id) < 0))
        : files;

    private sealed record Source(string Agency, bool AnyArea, string? Area);
}
