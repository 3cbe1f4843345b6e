namespace Assize.Workflows.Drafting.Rights;

/// <summary>A process owner may draft, ask for, approve and release what belongs to an owner, from one instant (inclusive) to another (exclusive), by the real clock. Two administrators give it; it opens no case.</summary>
public sealed class DraftingRight
{
    public required string Id { get; init; }
    public required string Subject { get; init; }

    /// <summary>A <see cref="DefinitionOwner"/> as text.</summary>
    public required string Owner { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; init; }
    public required string Reason { get; init; }

    /// <summary>One of <see cref="DraftingRightState"/>.</summary>
    public required string State { get; set; }
    public required string AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public string? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused or ended.</summary>
    public string? Because { get; set; }
    public string? EndedBy { get; set; }
    public string? EndedByName { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>One that an installation begins with: nobody asked for it.</summary>
    public static DraftingRight First(string subject, DefinitionOwner owner, DateTimeOffset at, string by, string reason) => new()
    {
        Id = $"first-{owner}-{subject}",
        Subject = subject,
        Owner = owner.ToString(),
        From = at,
        Reason = reason,
        State = DraftingRightState.Given,
        AskedBy = by,
        AskedByName = by,
        AskedAt = at,
        DecidedBy = by,
        DecidedByName = by,
        DecidedAt = at,
    };
}

public static class DraftingRightState
{
    /// <summary>One administrator asked for it; it gives nothing yet.</summary>
    public const string Waiting = "waiting";
    public const string Given = "given";
    public const string Refused = "refused";
    public const string Ended = "ended";
}

/// <summary>What belongs to an agency or an area. What is not here belongs to the national baseline.</summary>
public sealed class OwnedDefinition
{
    /// <summary>A workflow's id, or a <see cref="Workflows.Rules.RuleName"/> as text.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>A <see cref="DefinitionOwner"/> as text.</summary>
    public required string Owner { get; init; }
}
