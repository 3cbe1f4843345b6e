namespace Assize.Identity.Directory;

public sealed class Agency
{
    public required string Id { get; init; }

    /// <summary>One of <see cref="AgencyKind"/>.</summary>
    public required string Kind { get; set; }
    public required string Name { get; set; }

    /// <summary>The area that it serves, where it serves one.</summary>
    public string? Area { get; set; }
    public string Status { get; set; } = AccountStatus.Active;

    /// <summary>The directory's version at the last change.</summary>
    public long Version { get; set; }
}

public static class AgencyKind
{
    public const string Police = "police";
    public const string Prosecutor = "prosecutor";
    public const string Court = "court";
    public const string Defence = "defence";

    /// <summary>Runs Assize itself: enrols agencies, and sees no case.</summary>
    public const string Platform = "platform";

    public static IReadOnlyList<string> All { get; } = [Police, Prosecutor, Court, Defence, Platform];
}

/// <summary>The human behind accounts at several agencies. Carries conflicts of interest and parties to cases, never access.</summary>
public sealed class Person
{
    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One account of a person, or of a system, at its home agency.</summary>
public sealed class Account
{
    /// <summary>Of a person "name@agency"; of a system its client id. Never used again for anybody else.</summary>
    public required string Subject { get; init; }

    /// <summary>Null of a system, and of accounts older than the link: they stand for a person of their own.</summary>
    public string? PersonId { get; set; }
    public required string Name { get; set; }
    public required string AgencyId { get; init; }
    public bool IsSystem { get; init; }

    /// <summary>What the person does, in words.</summary>
    public string? Title { get; set; }

    /// <summary>One of <see cref="AccountStatus"/>.</summary>
    public string Status { get; set; } = AccountStatus.Active;

    /// <summary>How the agency's own provisioning names the account; unique within the agency.</summary>
    public string? UserName { get; set; }
    public string? ExternalId { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }

    /// <summary>The unit; another one is another post.</summary>
    public string? Department { get; set; }

    /// <summary>For display only: nobody is found, or believed, by e-mail.</summary>
    public string? Email { get; set; }

    /// <summary>The kind of provider whose pair of issuer (or tenant) and subject (or object id) signs in to this account.</summary>
    public string? Provider { get; set; }
    public string? ProviderIssuer { get; set; }
    public string? ProviderSubject { get; set; }

    /// <summary>When the person last changed posts: what other agencies granted for the old one is to be looked at again.</summary>
    public DateTimeOffset? MovedAt { get; set; }

    /// <summary>When the account last left: nothing granted before comes back with it.</summary>
    public DateTimeOffset? LeftAt { get; set; }
    public DateTimeOffset? CreatedAt { get; set; }
    public DateTimeOffset? ChangedAt { get; set; }
    public long Version { get; set; }
    public List<HomeRole> Roles { get; init; } = [];
    public List<TeamMember> Teams { get; init; } = [];
}

public static class AccountStatus
{
    /// <summary>Known, and may sign in, but holds no role yet.</summary>
    public const string Pending = "pending";
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Left = "left";

    public static IReadOnlyList<string> All { get; } = [Pending, Active, Suspended, Left];
}

/// <summary>What status a person's account or an agency had, from one instant (inclusive) to another (exclusive).</summary>
public sealed class StatusPeriod
{
    public const string OfAccount = "account";
    public const string OfAgency = "agency";

    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Status { get; set; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; set; }
}

public sealed class Team
{
    public const string Removed = "removed";

    public required string Id { get; init; }
    public required string AgencyId { get; init; }
    public required string Name { get; set; }
    public string? ExternalId { get; set; }

    /// <summary>"active" or "removed".</summary>
    public string Status { get; set; } = AccountStatus.Active;
    public long Version { get; set; }
}

public sealed class TeamMember
{
    public required string TeamId { get; init; }
    public required string Subject { get; init; }
}

/// <summary>One row: the newest version, and the kind of deployment that this database belongs to for ever.</summary>
public sealed class DirectoryState
{
    public required int Id { get; init; }
    public required long Version { get; set; }
    public required string Deployment { get; init; }
}
