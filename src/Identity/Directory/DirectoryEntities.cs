namespace Assize.Identity.Directory;

public sealed class Agency
{
    public required string Id { get; init; }

    /// <summary>"police", "prosecutor", "court" or "defence".</summary>
    public required string Kind { get; set; }
    public required string Name { get; set; }
    public string Status { get; set; } = AccountStatus.Active;

    /// <summary>The directory's version at the last change.</summary>
    public long Version { get; set; }
}

/// <summary>One account of a person, or of a system, at its home agency.</summary>
public sealed class Account
{
    /// <summary>Of a person "name@agency"; of a system its client id. Never used again for anybody else.</summary>
    public required string Subject { get; init; }
    public required string Name { get; set; }
    public required string AgencyId { get; init; }
    public bool IsSystem { get; init; }

    /// <summary>What the person does, in words, for the demonstration's sign-in page.</summary>
    public string? Title { get; set; }
    public string Status { get; set; } = AccountStatus.Active;
    public long Version { get; set; }
    public List<HomeRole> Roles { get; init; } = [];
}

/// <summary>A role in the home agency, from one instant (inclusive) to another (exclusive).</summary>
public sealed class HomeRole
{
    public required string Subject { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; set; }

    public bool IsLive(DateTimeOffset at) => From <= at && (To is null || at < To);
}

/// <summary>One row: the newest version, and the kind of deployment that this database belongs to for ever.</summary>
public sealed class DirectoryState
{
    public required int Id { get; init; }
    public required long Version { get; set; }
    public required string Deployment { get; init; }
}

public static class AccountStatus
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Left = "left";
}
