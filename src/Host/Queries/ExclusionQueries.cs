using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>A conflict of interest as a page shows it.</summary>
/// <param name="Who">By name; on a sealed case that the asker does not have, somebody of their agency.</param>
/// <param name="With">The case, or whose cases; a sealed case is named to those only who have it.</param>
public sealed record ConflictRow(string Id, string Who, string With, DateTimeOffset From, DateTimeOffset? To, bool IsOwn);

/// <summary>Conflicts of interest: one's own, and for administrators those of their agency's people.</summary>
public sealed class ExclusionQueries(CaseDatabase database, IAccessEvaluator access, AccessLists lists, TimeProvider clock)
{
    public async Task<IReadOnlyList<ConflictRow>> OwnAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (!(await access.CheckAsync(db, caller, AccessActions.DeclareExclusion, AccessTarget.SomeCase, ct)).Allowed)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var rows = await db.Set<Exclusion>().AsNoTracking()
            .Where(row => row.RemovedAt == null && (row.To == null || row.To > now)
                && (row.Subject == caller.Subject || db.Set<Person>().Any(me => me.Subject == caller.Subject && me.PersonId == row.PersonId)))
            .OrderByDescending(row => row.From).ThenBy(row => row.Id).Take(Api.Cursor.LargestLimit).ToListAsync(ct);
        var urns = await lists.NamesAsync(db, caller, [.. rows.Select(row => row.CaseId).OfType<string>()], ct);
        return await NamedAsync(db, caller, [.. rows.Select(row => AccessLists.Item(row, urns, isOwn: true))], ct);
    }

    public async Task<IReadOnlyList<ConflictRow>> OfAgencyAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await NamedAsync(db, caller, (await lists.ExclusionsAsync(caller, ct)).Items, ct);
    }

    private static async Task<IReadOnlyList<ConflictRow>> NamedAsync(CaseDb db, Caller caller, IReadOnlyList<ExclusionItem> items, CancellationToken ct)
    {
        var subjects = items.Select(item => item.Subject).OfType<string>().Append(caller.Subject).ToList();
        var people = await db.Set<Person>().AsNoTracking().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, ct);
        var agencies = await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
        var me = people.GetValueOrDefault(caller.Subject)?.PersonId;
        return [.. items.Select(item => new ConflictRow(
            item.Id, item.Subject is null ? $"Somebody of {agencies.GetValueOrDefault(caller.Agency) ?? caller.Agency}" : people.GetValueOrDefault(item.Subject)?.Name ?? item.Subject,
            item.CaseUrn ?? (item.Agency is { } agency ? $"Cases of {agencies.GetValueOrDefault(agency) ?? agency}" : item.Jurisdiction is { } all ? $"Every {all} case" : "A sealed case"),
            item.From, item.To, item.Subject == caller.Subject || (me is not null && people.GetValueOrDefault(item.Subject ?? "")?.PersonId == me)))];
    }
}
