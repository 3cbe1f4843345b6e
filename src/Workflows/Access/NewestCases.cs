using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>
/// A page of the newest visible cases, without walking past everybody else's: candidates come off an index of the few agencies and cases
/// that the caller's grants can reach, and the filter alone says which of them are visible.
/// </summary>
public sealed class NewestCases(IAccessEvaluator access, TimeProvider clock)
{
    private const int LargestWindow = 20_000;

    /// <param name="after">The last row of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<CaseFile>> PageAsync(CaseDb db, Caller caller, (DateTimeOffset CreatedAt, string Id)? after, int count, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var elsewhere = await db.Set<AccessGrant>().AsNoTracking()
            .Where(grant => grant.Subject == caller.Subject && grant.Kind == GrantKind.Cross && grant.LiveAt <= now && (grant.EndedAt == null || grant.EndedAt > now))
            .Select(grant => new { grant.CaseId, grant.ConsentedAgency }).ToListAsync(ct);
        List<CaseFile> found = [];
        foreach (string agency in elsewhere.Where(grant => grant.CaseId is null).Select(grant => grant.ConsentedAgency).OfType<string>().Append(caller.Agency).Distinct())
        {
            found.AddRange(await OfAgencyAsync(db, caller, agency, after, count, ct));
        }
        string[] named = [.. elsewhere.Select(grant => grant.CaseId).OfType<string>().Distinct()];
        if (named.Length > 0)
        {
            found.AddRange(await After(access.VisibleCases(db, caller).AsNoTracking().Where(file => named.Contains(file.Id)), after)
                .OrderByDescending(file => file.CreatedAt).ThenByDescending(file => file.Id).Take(count).ToListAsync(ct));
        }
        return [.. found.DistinctBy(file => file.Id).OrderByDescending(file => file.CreatedAt).ThenByDescending(file => file.Id, StringComparer.Ordinal).Take(count)];
    }

    // The database cannot tell how many of the candidates the filter lets through, and would rather read them all. So it is given a few at a time.
    private async Task<List<CaseFile>> OfAgencyAsync(
        CaseDb db, Caller caller, string agency, (DateTimeOffset CreatedAt, string Id)? after, int count, CancellationToken ct)
    {
        List<CaseFile> found = [];
        for (int window = 8 * count; ; window = Math.Min(4 * window, LargestWindow))
        {
            var candidates = Candidates(db, agency, after).Select(part => new { part.CaseCreatedAt, part.CaseId }).Take(window);
            found.AddRange(await candidates.Join(access.VisibleCases(db, caller), part => part.CaseId, file => file.Id, (part, file) => new { part.CaseCreatedAt, part.CaseId, File = file })
                .OrderByDescending(row => row.CaseCreatedAt).ThenByDescending(row => row.CaseId).Take(count - found.Count).Select(row => row.File).AsNoTracking().ToListAsync(ct));
            if (found.Count == count || await candidates.Skip(window - 1).FirstOrDefaultAsync(ct) is not { } last)
            {
                return found;
            }
            after = (last.CaseCreatedAt!.Value, last.CaseId);
        }
    }

    private static IOrderedQueryable<CaseParticipant> Candidates(CaseDb db, string agency, (DateTimeOffset CreatedAt, string Id)? after)
    {
        IQueryable<CaseParticipant> parts = db.Participants.AsNoTracking().Where(part => part.Agency == agency && part.WithdrawnAt == null);
        if (after is var (created, id))
        {
            parts = parts.Where(part => part.CaseCreatedAt < created || (part.CaseCreatedAt == created && part.CaseId.CompareTo(id) < 0));
        }
        return parts.OrderByDescending(part => part.CaseCreatedAt).ThenByDescending(part => part.CaseId);
    }

    private static IQueryable<CaseFile> After(IQueryable<CaseFile> files, (DateTimeOffset CreatedAt, string Id)? after) => after is var (created, id)
        ? files.Where(file => file.CreatedAt < created || (file.CreatedAt == created && file.Id.CompareTo(id) < 0))
        : files;
}
