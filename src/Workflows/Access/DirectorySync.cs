using Assize.Workflows.Access.Grants;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>Keeps the read copy of agencies, people, teams and home roles in step with the feed.</summary>
public static class DirectorySync
{
    private const int OnlyRow = 1;

    /// <summary>The version to ask after.</summary>
    public static async Task<long> VersionAsync(DbContext db, CancellationToken ct) =>
        await db.Set<DirectoryCursor>().Where(cursor => cursor.Id == OnlyRow).Select(cursor => cursor.Version).SingleOrDefaultAsync(ct);

    /// <summary>Takes a page that was asked for after the version <paramref name="after"/>.</summary>
    /// <param name="now">By the real clock: when what it does to grants is recorded.</param>
    /// <returns>False where another host took it first; nothing changed then.</returns>
    public static async Task<bool> ApplyAsync(DbContext db, long after, DirectoryPage page, DateTimeOffset now, CancellationToken ct)
    {
        if (page.Version <= after)
        {
            return true;
        }
        db.ChangeTracker.Clear();
        DirectoryCursor? cursor = await db.Set<DirectoryCursor>().SingleOrDefaultAsync(row => row.Id == OnlyRow, ct);
        if ((cursor?.Version ?? 0) != after)
        {
            return false;
        }
        if (cursor is null)
        {
            db.Add(new DirectoryCursor { Id = OnlyRow, Version = page.Version });
        }
        else
        {
            cursor.Version = page.Version;
        }
        await TakeAgenciesAsync(db, page.Agencies, ct);
        await TakeTeamsAsync(db, page.Teams ?? [], ct);
        await TakePeopleAsync(db, page.People, ct);
        await DirectoryPeriods.TakeAsync(db, page, ct);
        await FollowDirectory.TakeAsync(db, page.People, now, ct);
        return await SaveAsync(db, after, ct);
    }

    private static async Task TakeAgenciesAsync(DbContext db, IReadOnlyList<DirectoryAgency> agencies, CancellationToken ct)
    {
        string[] ids = [.. agencies.Select(agency => agency.Id)];
        Dictionary<string, Agency> known = await db.Set<Agency>().Where(agency => ids.Contains(agency.Id)).ToDictionaryAsync(agency => agency.Id, ct);
        foreach (DirectoryAgency said in agencies)
        {
            if (known.TryGetValue(said.Id, out Agency? kept))
            {
                (kept.Kind, kept.Name, kept.Area, kept.Status) = (said.Kind, said.Name, said.Area, said.Status);
            }
            else
            {
                db.Add(new Agency { Id = said.Id, Kind = said.Kind, Name = said.Name, Area = said.Area, Status = said.Status });
            }
        }
    }

    private static async Task TakeTeamsAsync(DbContext db, IReadOnlyList<DirectoryTeam> teams, CancellationToken ct)
    {
        string[] ids = [.. teams.Select(team => team.Id)];
        Dictionary<string, Team> known = await db.Set<Team>().Where(team => ids.Contains(team.Id)).ToDictionaryAsync(team => team.Id, ct);
        foreach (DirectoryTeam said in teams)
        {
            if (known.TryGetValue(said.Id, out Team? kept))
            {
                (kept.Name, kept.Status) = (said.Name, said.Status);
            }
            else
            {
                db.Add(new Team { Id = said.Id, Agency = said.Agency, Name = said.Name, Status = said.Status });
            }
        }
    }

    private static async Task TakePeopleAsync(DbContext db, IReadOnlyList<DirectoryPerson> people, CancellationToken ct)
    {
        string[] subjects = [.. people.Select(person => person.Subject)];
        Dictionary<string, Person> known = await db.Set<Person>().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, ct);
        foreach (DirectoryPerson said in people)
        {
            if (!known.TryGetValue(said.Subject, out Person? kept))
            {
                kept = new Person { Subject = said.Subject, Name = said.Name, Agency = said.Agency, IsSystem = said.IsSystem, Status = said.Status };
                db.Add(kept);
            }
            (kept.Name, kept.Agency, kept.IsSystem, kept.Status) = (said.Name, said.Agency, said.IsSystem, said.Status);
            (kept.PersonId, kept.MovedAt, kept.LeftAt) = (said.PersonId ?? said.Subject, said.MovedAt, said.LeftAt);
        }
    }

    private static async Task<bool> SaveAsync(DbContext db, long after, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await VersionAsync(db, ct) != after)
            {
                return false;
            }
            throw;
        }
    }
}
