using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>What the feed says with a period: roles as believed now and before, statuses, and who is in which team.</summary>
internal static class DirectoryPeriods
{
    public static async Task TakeAsync(DbContext db, DirectoryPage page, CancellationToken ct)
    {
        string[] subjects = [.. page.People.Select(person => person.Subject)];
        string[] keys = [.. subjects, .. page.Agencies.Select(agency => agency.Id)];
        Take(
            db,
            await db.Set<HomeRole>().Where(role => subjects.Contains(role.Subject)).ToListAsync(ct),
            page.People.SelectMany(person => person.Roles.Select(role => Current(person.Subject, role))));
        Take(
            db,
            await db.Set<FormerRole>().Where(role => subjects.Contains(role.Subject)).ToListAsync(ct),
            page.People.SelectMany(person => person.FormerRoles.Select(role => Former(person.Subject, role))));
        Take(
            db,
            await db.Set<TeamMember>().Where(member => subjects.Contains(member.Subject)).ToListAsync(ct),
            page.People.SelectMany(person => person.Teams.Select(team => new TeamMember { Subject = person.Subject, TeamId = team })));
        Take(
            db,
            await db.Set<StatusPeriod>().Where(period => keys.Contains(period.Key)).ToListAsync(ct),
            [
                .. page.People.SelectMany(person => person.Statuses.Select(status => Period(StatusPeriod.OfAccount, person.Subject, status))),
                .. page.Agencies.SelectMany(agency => (agency.Statuses ?? []).Select(status => Period(StatusPeriod.OfAgency, agency.Id, status))),
            ]);
    }

    // The feed tells of every row that there is, so a row that it does not name is no more.
    private static void Take<T>(DbContext db, IEnumerable<T> kept, IEnumerable<T> said)
        where T : class
    {
        Dictionary<string, T> left = kept.ToDictionary(row => Key(db, row));
        foreach (T row in said)
        {
            if (left.Remove(Key(db, row), out T? same))
            {
                db.Entry(same).CurrentValues.SetValues(row);
            }
            else
            {
                db.Add(row);
            }
        }
        db.RemoveRange(left.Values);
    }

    private static string Key<T>(DbContext db, T row)
        where T : class =>
        JsonSerializer.Serialize(db.Model.FindEntityType(typeof(T))!.FindPrimaryKey()!.Properties.Select(property => property.PropertyInfo!.GetValue(row)));

    private static HomeRole Current(string subject, DirectoryRole role) => new()
    {
        Subject = subject,
        Role = role.Role,
        From = role.From,
        To = role.To,
        Jurisdiction = role.Jurisdiction,
        Agency = role.Agency,
        Area = role.Area,
        Court = CourtCode.Of(role.Court),
        MaxClassification = role.MaxClassification,
        Authorisations = JsonSerializer.Serialize(role.Authorisations),
        RecertifyBy = role.RecertifyBy,
        Process = role.Process,
        Reference = role.Reference,
        GivenBy = role.GivenBy,
        RecordedFrom = role.RecordedFrom,
    };

    private static FormerRole Former(string subject, DirectoryRole role) => new()
    {
        Subject = subject,
        Role = role.Role,
        From = role.From,
        To = role.To,
        Jurisdiction = role.Jurisdiction,
        Agency = role.Agency,
        Area = role.Area,
        Court = CourtCode.Of(role.Court),
        MaxClassification = role.MaxClassification,
        Authorisations = JsonSerializer.Serialize(role.Authorisations),
        RecertifyBy = role.RecertifyBy,
        Process = role.Process,
        Reference = role.Reference,
        GivenBy = role.GivenBy,
        RecordedFrom = role.RecordedFrom ?? role.From,
        RecordedTo = role.RecordedTo ?? throw new InvalidOperationException($"Expected a former role of {subject} to say until when it was believed, but it does not."),
    };

    private static StatusPeriod Period(string kind, string key, DirectoryStatusPeriod said) =>
        new() { Kind = kind, Key = key, Status = said.Status, From = said.From, To = said.To };
}
