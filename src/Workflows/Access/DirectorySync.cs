using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>A page of the identity server's feed, as it comes over HTTP.</summary>
public sealed record DirectoryPage(long Version, bool More, IReadOnlyList<DirectoryAgency> Agencies, IReadOnlyList<DirectoryPerson> People);

public sealed record DirectoryAgency(string Id, string Kind, string Name, string Status);

public sealed record DirectoryPerson(string Subject, string Name, string Agency, bool IsSystem, string Status, IReadOnlyList<DirectoryRole> Roles);

public sealed record DirectoryRole(string Role, DateTimeOffset From, DateTimeOffset? To);

/// <summary>Keeps the read copy of agencies, people and home roles in step with the feed.</summary>
public static class DirectorySync
{
    private const int OnlyRow = 1;

    /// <summary>The version to ask after.</summary>
    public static async Task<long> VersionAsync(DbContext db, CancellationToken ct) =>
        await db.Set<DirectoryCursor>().Where(cursor => cursor.Id == OnlyRow).Select(cursor => cursor.Version).SingleOrDefaultAsync(ct);

    /// <summary>Takes a page that was asked for after the version <paramref name="after"/>.</summary>
    /// <returns>False where another host took it first; nothing changed then.</returns>
    public static async Task<bool> ApplyAsync(DbContext db, long after, DirectoryPage page, CancellationToken ct)
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
        await TakePeopleAsync(db, page.People, ct);
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
                (kept.Kind, kept.Name, kept.Status) = (said.Kind, said.Name, said.Status);
            }
            else
            {
                db.Add(new Agency { Id = said.Id, Kind = said.Kind, Name = said.Name, Status = said.Status });
            }
        }
    }

    private static async Task TakePeopleAsync(DbContext db, IReadOnlyList<DirectoryPerson> people, CancellationToken ct)
    {
        string[] subjects = [.. people.Select(person => person.Subject)];
        Dictionary<string, Person> known = await db.Set<Person>().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, ct);
        ILookup<string, HomeRole> roles = (await db.Set<HomeRole>().Where(role => subjects.Contains(role.Subject)).ToListAsync(ct)).ToLookup(role => role.Subject);
        foreach (DirectoryPerson said in people)
        {
            if (known.TryGetValue(said.Subject, out Person? kept))
            {
                (kept.Name, kept.Agency, kept.IsSystem, kept.Status) = (said.Name, said.Agency, said.IsSystem, said.Status);
            }
            else
            {
                db.Add(new Person { Subject = said.Subject, Name = said.Name, Agency = said.Agency, IsSystem = said.IsSystem, Status = said.Status });
            }
            TakeRoles(db, said, [.. roles[said.Subject]]);
        }
    }

    // The feed tells of every role that there ever was, so a role that it does not name was never there.
    private static void TakeRoles(DbContext db, DirectoryPerson said, List<HomeRole> kept)
    {
        foreach (DirectoryRole role in said.Roles)
        {
            HomeRole? same = kept.Find(known => known.Role == role.Role && known.From == role.From);
            if (same is null)
            {
                db.Add(new HomeRole { Subject = said.Subject, Role = role.Role, From = role.From, To = role.To });
            }
            else
            {
                same.To = role.To;
                kept.Remove(same);
            }
        }
        db.RemoveRange(kept);
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
