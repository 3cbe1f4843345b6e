using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using static Assize.Identity.Directory.RoleCatalogue;

namespace Assize.Identity.Seeding;

/// <summary>An agency's system that exists only in a demonstration; its credentials are written to a file in the data folder.</summary>
internal sealed record DemonstrationSystem(string ClientId, string Name, string Agency, string FileName);

/// <summary>The invented people of a demonstration: four agencies, each with somebody for every lane of the drawn paths and for its administration, and who runs the platform.</summary>
internal static class DemonstrationPeople
{
    private const string Process = "demonstration";

    // Somebody whose role is due, so that certifying can be tried.
    private const string DueSoon = "Jo Halewood";

    // The demonstration clock may stand in the past, but roles are asked about by the real one.
    private static readonly DateTimeOffset s_since = new(2024, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Id, string Kind, string Name)[] s_agencies =
    [
        ("merseyside-police", "police", "Merseyside Police"),
        ("cps-mersey-cheshire", "prosecutor", "CPS Mersey-Cheshire"),
        ("liverpool-magistrates", "court", "Liverpool Magistrates' Court"),
        ("harbour-defence", "defence", "Harbour Defence Solicitors"),
        ("assize-platform", "platform", "Assize platform team"),
    ];

    private static readonly (string Name, string Agency, string Title, string[] Roles)[] s_people =
    [
        ("Sam Carter", "merseyside-police", "Case builder", ["case-builder"]),
        ("Jo Halewood", "merseyside-police", "Case builder", ["case-builder"]),
        ("Priya Nair", "merseyside-police", "Officer in the case", ["officer-in-case"]),
        ("Tom Rimmer", "merseyside-police", "Warrants officer", ["warrants-officer"]),
        ("Hugh Aintree", "merseyside-police", "Process owner", ["process-owner"]),
        ("Meera Walton", "merseyside-police", "Process owner", ["process-owner"]),
        ("Dele Okafor", "cps-mersey-cheshire", "Paralegal officer", ["paralegal-officer"]),
        ("Helen Marsh", "cps-mersey-cheshire", "Reviewing lawyer", ["reviewing-lawyer"]),
        ("Ewan Price", "cps-mersey-cheshire", "Reviewing lawyer and advocate", ["reviewing-lawyer", "advocate"]),
        ("Grace Adeyemi", "cps-mersey-cheshire", "Advocate", ["advocate"]),
        ("Ruth Bellamy", "liverpool-magistrates", "Listing officer", ["listing-officer"]),
        ("Martin Leigh", "liverpool-magistrates", "Court administrator", ["court-administrator"]),
        ("Aisha Karim", "liverpool-magistrates", "Legal adviser", ["legal-adviser"]),
        ("Peter Lunt", "liverpool-magistrates", "Legal adviser", ["legal-adviser"]),
        ("Clare Osborne", "liverpool-magistrates", "Process owner", ["process-owner"]),
        ("Imran Siddiqui", "liverpool-magistrates", "Process owner", ["process-owner"]),
        ("Nadia Rahman", "harbour-defence", "Solicitor", ["solicitor"]),
        ("Owen Fazakerley", "harbour-defence", "Solicitor", ["solicitor"]),
        ("Carol Whitfield", "merseyside-police", "Administrator", [AgencyAdmin]),
        ("Imran Sheikh", "merseyside-police", "Deputy administrator and access approver", [AgencyAdmin, AccessApprover]),
        ("Lena Fox", "merseyside-police", "Privacy officer", [PrivacyOfficer]),
        ("Bridget Nolan", "cps-mersey-cheshire", "Administrator", [AgencyAdmin]),
        ("Kwame Boateng", "cps-mersey-cheshire", "Deputy administrator and access approver", [AgencyAdmin, AccessApprover]),
        ("Moira Kerr", "cps-mersey-cheshire", "Privacy officer", [PrivacyOfficer]),
        ("Stephen Ashe", "liverpool-magistrates", "Administrator", [AgencyAdmin]),
        ("Anita Rao", "liverpool-magistrates", "Deputy administrator and access approver", [AgencyAdmin, AccessApprover]),
        ("Gwen Pritchard", "liverpool-magistrates", "Privacy officer", [PrivacyOfficer]),
        ("Felix Harbour", "harbour-defence", "Administrator", [AgencyAdmin]),
        ("Sunita Patel", "harbour-defence", "Deputy administrator and access approver", [AgencyAdmin, AccessApprover]),
        ("Colin Speke", "harbour-defence", "Privacy officer", [PrivacyOfficer]),
        ("Alex Moore", "assize-platform", "Platform administrator", [PlatformAdmin]),
        ("Robin Vane", "assize-platform", "Platform administrator", [PlatformAdmin]),
    ];

    public static IReadOnlyList<DemonstrationSystem> Systems { get; } =
    [
        new("merseyside-police-case-system", "Merseyside Police case system", "merseyside-police", "demo-client.json"),
        new("cps-mersey-cheshire-case-system", "CPS Mersey-Cheshire case system", "cps-mersey-cheshire", "demo-client-cps.json"),
        new("liverpool-magistrates-case-system", "Liverpool Magistrates' Court case system", "liverpool-magistrates", "demo-client-court.json"),
        new("harbour-defence-case-system", "Harbour Defence Solicitors case system", "harbour-defence", "demo-client-defence.json"),
    ];

    public static async Task SeedAsync(DirectoryWriter directory, DateTimeOffset now, CancellationToken ct)
    {
        await directory.AddMissingAsync(
            [.. s_agencies.Select(agency => new Agency { Id = agency.Id, Kind = agency.Kind, Name = agency.Name, Area = Area(agency.Id) })],
            [.. s_people.Select(person => Account(Subject(person.Name, person.Agency), person.Name, person.Agency, false, person.Title, person.Roles, now)),
                .. Systems.Select(system => Account(system.ClientId, system.Name, system.Agency, true, null, [CaseSystem], now))],
            ct);
        await directory.ChangeAsync(unit => RenewAsync(unit, ct), ct);
    }

    // Nobody certifies roles while a demonstration stands still, and it should still work when it is started again.
    private static async Task RenewAsync(DirectoryUnit unit, CancellationToken ct)
    {
        List<Account> overdue = await unit.Db.Accounts.Include(account => account.Roles)
            .Where(account => account.Roles.Any(role => role.Process == Process && role.RecertifyBy < unit.Now)).ToListAsync(ct);
        foreach (Account account in overdue)
        {
            account.Roles.FindAll(role => role.Process == Process && role.RecertifyBy < unit.Now)
                .ForEach(role => unit.Certify(role, unit.Now.AddDays(Find(role.Role)!.RecertifyDays)));
            unit.Changed(account);
        }
    }

    private static Account Account(string subject, string name, string agency, bool system, string? title, string[] roles, DateTimeOffset now)
    {
        Account account = new()
        {
            Subject = subject,
            Name = name,
            AgencyId = agency,
            IsSystem = system,
            Title = title,
        };
        account.Roles.AddRange(roles.Select(role => Role(account, role, now)));
        return account;
    }

    private static HomeRole Role(Account account, string role, DateTimeOffset now)
    {
        HomeRole given = HomeRole.Usual(account, role, s_since, now);
        (given.Process, given.Reference) = (Process, role);
        if (account.Name == DueSoon)
        {
            given.RecertifyBy = now.AddDays(9);
        }
        return given;
    }

    private static string? Area(string agency) => agency is "assize-platform" or "harbour-defence" ? null : "merseyside";

    private static string Subject(string name, string agency) => $"{name.ToLowerInvariant().Replace(' ', '.')}@{agency}";
}
