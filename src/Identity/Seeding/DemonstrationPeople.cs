using Assize.Identity.Directory;

namespace Assize.Identity.Seeding;

/// <summary>An agency's system that exists only in a demonstration; its credentials are written to a file in the data folder.</summary>
internal sealed record DemonstrationSystem(string ClientId, string Name, string Agency, string FileName);

/// <summary>The invented people of a demonstration: four agencies, each with somebody for every lane of the drawn paths.</summary>
internal static class DemonstrationPeople
{
    private const string CaseSystem = "case-system";

    // The demonstration clock may stand in the past, but roles are asked about by the real one.
    private static readonly DateTimeOffset s_since = new(2024, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Id, string Kind, string Name)[] s_agencies =
    [
        ("merseyside-police", "police", "Merseyside Police"),
        ("cps-mersey-cheshire", "prosecutor", "CPS Mersey-Cheshire"),
        ("liverpool-magistrates", "court", "Liverpool Magistrates' Court"),
        ("harbour-defence", "defence", "Harbour Defence Solicitors"),
    ];

    private static readonly (string Name, string Agency, string Title, string[] Roles)[] s_people =
    [
        ("Sam Carter", "merseyside-police", "Case builder", ["case-builder"]),
        ("Jo Halewood", "merseyside-police", "Case builder", ["case-builder"]),
        ("Priya Nair", "merseyside-police", "Officer in the case", ["officer-in-case"]),
        ("Tom Rimmer", "merseyside-police", "Warrants officer", ["warrants-officer"]),
        ("Dele Okafor", "cps-mersey-cheshire", "Paralegal officer", ["paralegal-officer"]),
        ("Helen Marsh", "cps-mersey-cheshire", "Reviewing lawyer", ["reviewing-lawyer"]),
        ("Ewan Price", "cps-mersey-cheshire", "Reviewing lawyer and advocate", ["reviewing-lawyer", "advocate"]),
        ("Grace Adeyemi", "cps-mersey-cheshire", "Advocate", ["advocate"]),
        ("Ruth Bellamy", "liverpool-magistrates", "Listing officer", ["listing-officer"]),
        ("Martin Leigh", "liverpool-magistrates", "Court administrator", ["court-administrator"]),
        ("Aisha Karim", "liverpool-magistrates", "Legal adviser", ["legal-adviser"]),
        ("Peter Lunt", "liverpool-magistrates", "Legal adviser", ["legal-adviser"]),
        ("Nadia Rahman", "harbour-defence", "Solicitor", ["solicitor"]),
        ("Owen Fazakerley", "harbour-defence", "Solicitor", ["solicitor"]),
    ];

    public static IReadOnlyList<DemonstrationSystem> Systems { get; } =
    [
        new("merseyside-police-case-system", "Merseyside Police case system", "merseyside-police", "demo-client.json"),
        new("cps-mersey-cheshire-case-system", "CPS Mersey-Cheshire case system", "cps-mersey-cheshire", "demo-client-cps.json"),
        new("liverpool-magistrates-case-system", "Liverpool Magistrates' Court case system", "liverpool-magistrates", "demo-client-court.json"),
        new("harbour-defence-case-system", "Harbour Defence Solicitors case system", "harbour-defence", "demo-client-defence.json"),
    ];

    public static Task SeedAsync(DirectoryWriter directory, CancellationToken ct) => directory.AddMissingAsync(
        [.. s_agencies.Select(agency => new Agency { Id = agency.Id, Kind = agency.Kind, Name = agency.Name })],
        [.. s_people.Select(person => Account(Subject(person.Name, person.Agency), person.Name, person.Agency, false, person.Title, person.Roles)),
            .. Systems.Select(system => Account(system.ClientId, system.Name, system.Agency, true, null, [CaseSystem]))],
        ct);

    private static Account Account(string subject, string name, string agency, bool system, string? title, string[] roles) => new()
    {
        Subject = subject,
        Name = name,
        AgencyId = agency,
        IsSystem = system,
        Title = title,
        Roles = [.. roles.Select(role => new HomeRole { Subject = subject, Role = role, From = s_since })],
    };

    private static string Subject(string name, string agency) => $"{name.ToLowerInvariant().Replace(' ', '.')}@{agency}";
}
