namespace Assize.Workflows.Access;

/// <summary>Read copy of an agency of the directory.</summary>
public sealed class Agency
{
    public required string Id { get; init; }

    /// <summary>"police", "prosecutor", "court", "defence" or "platform".</summary>
    public required string Kind { get; set; }
    public required string Name { get; set; }
    public string? Area { get; set; }

    /// <summary>"active" or "suspended".</summary>
    public required string Status { get; set; }
}

/// <summary>Read copy of an account of a person, or of an agency's system, of the directory.</summary>
public sealed class Person
{
    public required string Subject { get; init; }

    /// <summary>The human: the same for all their accounts, and the subject itself where no link is known.</summary>
    public string? PersonId { get; set; }
    public required string Name { get; set; }
    public required string Agency { get; set; }
    public required bool IsSystem { get; set; }

    /// <summary>"pending", "active", "suspended" or "left".</summary>
    public required string Status { get; set; }

    /// <summary>When they last changed posts: cross-agency grants from before are suspended, case grants to be certified again.</summary>
    public DateTimeOffset? MovedAt { get; set; }

    /// <summary>When the account last left: no grant from before lives again, though the account may.</summary>
    public DateTimeOffset? LeftAt { get; set; }
}

/// <summary>A role in the home agency from one instant (inclusive) to another (exclusive), as believed now. Ended ones are kept.</summary>
public sealed class HomeRole
{
    public const string UsualClassification = "private";

    public required string Subject { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; set; }

    /// <summary>Without one the role is malformed and opens nothing; so it is with neither agency, area nor court.</summary>
    public string? Jurisdiction { get; set; } = "criminal";
    public string? Agency { get; set; }
    public string? Area { get; set; }
    public string? Court { get; set; }

    /// <summary>"public", "private" or "restricted".</summary>
    public string MaxClassification { get; set; } = UsualClassification;

    /// <summary>JSON array of names.</summary>
    public string Authorisations { get; set; } = "[]";

    /// <summary>From then on the role is asleep until it is certified.</summary>
    public DateTimeOffset? RecertifyBy { get; set; }
    public string Process { get; set; } = "";
    public string Reference { get; set; } = "";
    public string? GivenBy { get; set; }

    /// <summary>Since when the directory believes exactly this; null from before it said so.</summary>
    public DateTimeOffset? RecordedFrom { get; set; }
}

/// <summary>What the directory believed of a home role in a period that is over: with the current rows, the answer to what was known at a past instant.</summary>
public sealed class FormerRole
{
    public required string Subject { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Jurisdiction { get; init; }
    public string? Agency { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public required string MaxClassification { get; init; }

    /// <summary>JSON array of names.</summary>
    public required string Authorisations { get; init; }
    public DateTimeOffset? RecertifyBy { get; init; }
    public required string Process { get; init; }
    public required string Reference { get; init; }
    public string? GivenBy { get; init; }
    public required DateTimeOffset RecordedFrom { get; init; }
    public required DateTimeOffset RecordedTo { get; init; }
}

/// <summary>What status an account or an agency had, from one instant (inclusive) to another (exclusive).</summary>
public sealed class StatusPeriod
{
    public const string OfAccount = "account";
    public const string OfAgency = "agency";

    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; set; }
}

/// <summary>Read copy of a team of an agency.</summary>
public sealed class Team
{
    public required string Id { get; init; }
    public required string Agency { get; init; }
    public required string Name { get; set; }

    /// <summary>"active" or "removed".</summary>
    public required string Status { get; set; }
}

public sealed class TeamMember
{
    public required string TeamId { get; init; }
    public required string Subject { get; init; }
}

/// <summary>How far the feed was read; one row.</summary>
public sealed class DirectoryCursor
{
    public required int Id { get; init; }
    public required long Version { get; set; }
}

public static class DirectoryStatus
{
    public const string Pending = "pending";
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Left = "left";
}
