namespace Assize.Workflows.Access;

/// <summary>A page of the identity server's feed, as it comes over HTTP; members that it lacks are from an older server.</summary>
public sealed record DirectoryPage(
    long Version, bool More, IReadOnlyList<DirectoryAgency> Agencies, IReadOnlyList<DirectoryPerson> People, IReadOnlyList<DirectoryTeam>? Teams = null);

public sealed record DirectoryAgency(string Id, string Kind, string Name, string Status, string? Area = null, IReadOnlyList<DirectoryStatusPeriod>? Statuses = null);

public sealed record DirectoryPerson(string Subject, string Name, string Agency, bool IsSystem, string Status, IReadOnlyList<DirectoryRole> Roles)
{
    public string? PersonId { get; init; }
    public DateTimeOffset? MovedAt { get; init; }
    public DateTimeOffset? LeftAt { get; init; }
    public IReadOnlyList<DirectoryRole> FormerRoles { get; init; } = [];
    public IReadOnlyList<string> Teams { get; init; } = [];
    public IReadOnlyList<DirectoryStatusPeriod> Statuses { get; init; } = [];
}

public sealed record DirectoryRole(string Role, DateTimeOffset From, DateTimeOffset? To)
{
    public string? Jurisdiction { get; init; }
    public string? Agency { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public string MaxClassification { get; init; } = HomeRole.UsualClassification;
    public IReadOnlyList<string> Authorisations { get; init; } = [];
    public DateTimeOffset? RecertifyBy { get; init; }
    public string Process { get; init; } = "";
    public string Reference { get; init; } = "";
    public string? GivenBy { get; init; }
    public DateTimeOffset? RecordedFrom { get; init; }
    public DateTimeOffset? RecordedTo { get; init; }
}

public sealed record DirectoryStatusPeriod(string Status, DateTimeOffset From, DateTimeOffset? To);

public sealed record DirectoryTeam(string Id, string Agency, string Name, string Status);
