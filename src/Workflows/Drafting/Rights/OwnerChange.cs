namespace Assize.Workflows.Drafting.Rights;

/// <summary>A definition goes from one owner to another. Whoever asks and whoever decides holds the drafting rights of both.</summary>
public sealed class OwnerChange
{
    public required string Id { get; init; }

    /// <summary>A workflow's id, or a <see cref="Workflows.Rules.RuleName"/> as text.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>A <see cref="DefinitionOwner"/> as text.</summary>
    public required string From { get; init; }

    /// <summary>A <see cref="DefinitionOwner"/> as text.</summary>
    public required string To { get; init; }
    public required string Reason { get; init; }

    /// <summary>One of <see cref="OwnerChangeState"/>.</summary>
    public required string State { get; set; }
    public required string AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Null where it waits, and where nothing was published, so that nobody had to decide.</summary>
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
}

public static class OwnerChangeState
{
    /// <summary>Somebody asked for it; it changes nothing yet.</summary>
    public const string Waiting = "waiting";
    public const string Made = "made";
    public const string Refused = "refused";
}
