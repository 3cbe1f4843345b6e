using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <param name="People">How many active people hold the role there now.</param>
public sealed record PeopleCount(string Agency, string Role, int People);

/// <summary>Other agencies' people as agency, role and count: nobody else's person is ever named in a list.</summary>
public sealed class PeopleCounts(CaseDatabase database, IAccessEvaluator access, TimeProvider clock)
{
    /// <summary>By agency and role; nothing for whoever may not ask.</summary>
    public async Task<IReadOnlyList<PeopleCount>> ListAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (!(await access.CheckAsync(db, caller, AccessActions.CountPeople, AccessTarget.None, ct)).Allowed)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var counts = await db.Set<HomeRole>().AsNoTracking()
            .Where(role => role.From <= now && (role.To == null || role.To > now) && (role.RecertifyBy == null || role.RecertifyBy > now))
            .Join(db.Set<Person>().Where(person => person.Agency != caller.Agency && !person.IsSystem && person.Status == DirectoryStatus.Active),
                role => role.Subject, person => person.Subject, (role, person) => new { person.Agency, role.Role, person.Subject })
            .Distinct().GroupBy(row => new { row.Agency, row.Role }).Select(group => new { group.Key.Agency, group.Key.Role, People = group.Count() }).ToListAsync(ct);
        var names = await db.Set<Agency>().AsNoTracking().Where(agency => agency.Id != caller.Agency).ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
        return [.. counts.Select(count => new PeopleCount(names.GetValueOrDefault(count.Agency, count.Agency), count.Role, count.People))
            .OrderBy(count => count.Agency, StringComparer.CurrentCulture).ThenBy(count => count.Role, StringComparer.Ordinal)];
    }
}
