using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

public sealed record AgencyPerson(string Subject, string Name, IReadOnlyList<string> Roles);

/// <summary>The people of the asker's own agency, found by what somebody types: an account, or part of a name.</summary>
public sealed class AgencyPeople(CaseDatabase database, IAccessEvaluator access, TimeProvider clock)
{
    public const int AtMost = 20;

    /// <summary>Those whom the text may mean, at most <see cref="AtMost"/>; the account itself where it is one.</summary>
    public async Task<IReadOnlyList<AgencyPerson>> FindAsync(Caller caller, string? typed, CancellationToken ct)
    {
        var wanted = (typed ?? "").Trim().ToLowerInvariant();
        await using var db = database.CreateDbContext();
        if (wanted.Length == 0 || !(await access.CheckAsync(db, caller, AccessActions.ExplainAccess, AccessTarget.SomeCase, ct)).Allowed)
        {
            return [];
        }

        var own = db.Set<Person>().AsNoTracking().Where(person => person.Agency == caller.Agency && !person.IsSystem && person.Status == DirectoryStatus.Active);
        // Translated to SQL's lower().
#pragma warning disable CA1304, CA1311, CA1862
        var exact = await own.Where(person => person.Subject.ToLower() == wanted).ToListAsync(ct);
        var found = exact.Count > 0 ? exact
            : await own.Where(person => person.Name.ToLower().Contains(wanted)).OrderBy(person => person.Name).ThenBy(person => person.Subject).Take(AtMost).ToListAsync(ct);
#pragma warning restore CA1304, CA1311, CA1862
        return await WithRolesAsync(db, found, ct);
    }

    public async Task<string?> NameAsync(Caller caller, string subject, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<Person>().Where(person => person.Subject == subject && person.Agency == caller.Agency).Select(person => person.Name).SingleOrDefaultAsync(ct);
    }

    private async Task<IReadOnlyList<AgencyPerson>> WithRolesAsync(CaseDb db, List<Person> people, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var subjects = people.Select(person => person.Subject).ToList();
        var roles = (await db.Set<HomeRole>().AsNoTracking().Where(role => subjects.Contains(role.Subject) && role.From <= now && (role.To == null || role.To > now)).ToListAsync(ct))
            .ToLookup(role => role.Subject, role => role.Role);
        return [.. people.Select(person => new AgencyPerson(person.Subject, person.Name, [.. roles[person.Subject].Distinct().Order()]))];
    }
}
