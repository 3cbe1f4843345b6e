namespace Assize.Workflows.Access;

/// <summary>Read copy of an agency of the directory.</summary>
public sealed class Agency
{
    public required string Id { get; init; }

    /// <summary>"police", "prosecutor", "court" or "defence".</summary>
    public required string Kind { get; set; }
    public required string Name { get; set; }

    /// <summary>"active" or "suspended".</summary>
    public required string Status { get; set; }
}

/// <summary>Read copy of a person, or of an agency's system, of the directory.</summary>
public sealed class Person
{
    public required string Subject { get; init; }
    public required string Name { get; set; }
    public required string Agency { get; set; }
    public required bool IsSystem { get; set; }

    /// <summary>"active", "suspended" or "left".</summary>
    public required string Status { get; set; }
}

/// <summary>A role in the home agency from one instant (inclusive) to another (exclusive). Ended ones are kept: the past can be asked about.</summary>
public sealed class HomeRole
{
    public required string Subject { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; set; }
}

/// <summary>How far the feed was read; one row.</summary>
public sealed class DirectoryCursor
{
    public required int Id { get; init; }
    public required long Version { get; set; }
}

public static class DirectoryStatus
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Left = "left";
}
