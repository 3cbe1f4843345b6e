namespace Assize.Identity.Directory;

/// <summary>What changed in the directory after a version, oldest change first, a page at a time.</summary>
/// <param name="Version">Ask again after this one.</param>
/// <param name="More">There is more now.</param>
public sealed record DirectoryPage(
    long Version, bool More, IReadOnlyList<AgencyEntry> Agencies, IReadOnlyList<PersonEntry> People, IReadOnlyList<TeamEntry> Teams);

/// <param name="Kind">"police", "prosecutor", "court", "defence" or "platform".</param>
/// <param name="Statuses">Every status it had, with its period.</param>
public sealed record AgencyEntry(string Id, string Kind, string Name, string Status, string? Area, IReadOnlyList<StatusEntry> Statuses);

/// <summary>An account at its home agency.</summary>
public sealed record PersonEntry
{
    public required string Subject { get; init; }

    /// <summary>The same for all accounts of one human; conflicts and parties go by it.</summary>
    public required string PersonId { get; init; }
    public required string Name { get; init; }
    public required string Agency { get; init; }

    /// <summary>An agency's system, whose subject is its client id.</summary>
    public required bool IsSystem { get; init; }

    /// <summary>"pending", "active", "suspended" or "left".</summary>
    public required string Status { get; init; }

    /// <summary>When the person last changed posts: cross-agency grants from before are suspended, case grants to be certified again.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>When the account last left: no grant from before lives again, though the account may.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>All roles that the account ever had, as believed now.</summary>
    public required IReadOnlyList<RoleEntry> Roles { get; init; }

    /// <summary>What was believed before, with the period in which it was.</summary>
    public required IReadOnlyList<RoleEntry> FormerRoles { get; init; }

    /// <summary>Ids of the teams that the account is in now.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>Every status it had, with its period.</summary>
    public required IReadOnlyList<StatusEntry> Statuses { get; init; }
}

/// <summary>Live from an instant (inclusive) to another (exclusive), and until it must be certified; UTC.</summary>
public sealed record RoleEntry
{
    public required string Role { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Jurisdiction { get; init; }
    public string? Agency { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public required string MaxClassification { get; init; }
    public required IReadOnlyList<string> Authorisations { get; init; }
    public DateTimeOffset? RecertifyBy { get; init; }
    public required string Process { get; init; }
    public required string Reference { get; init; }
    public string? GivenBy { get; init; }
    public required DateTimeOffset RecordedFrom { get; init; }
    public DateTimeOffset? RecordedTo { get; init; }
}

public sealed record StatusEntry(string Status, DateTimeOffset From, DateTimeOffset? To);

/// <param name="Status">"active" or "removed".</param>
public sealed record TeamEntry(string Id, string Agency, string Name, string Status);
