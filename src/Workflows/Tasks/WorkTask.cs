namespace Assize.Workflows.Tasks;

/// <summary>A piece of human work: the row of an open task wait, whose id it has.</summary>
public sealed class WorkTask
{
    public required string Id { get; init; }
    public required string UnitId { get; init; }
    public string? CaseId { get; init; }
    public required string InstanceId { get; init; }
    public string? DefendantId { get; init; }
    public string? HearingId { get; init; }
    public string? SubmissionId { get; init; }
    public required string ActivityId { get; init; }
    public required string Title { get; init; }
    public required string Instructions { get; init; }
    public required string LaneAgency { get; init; }
    public required string LaneRole { get; init; }
    public required string FormId { get; init; }
    public required int FormVersion { get; init; }

    /// <summary>JSON text: the outcomes the task may end with.</summary>
    public required string Outcomes { get; init; }

    /// <summary>1 urgent, 2 normal, 3 low.</summary>
    public required int Priority { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The task is seen before this instant but cannot be completed: a hearing has not yet been held.</summary>
    public DateTimeOffset? NotBefore { get; init; }
    public required bool Statutory { get; init; }

    /// <summary>JSON text: subjects who did a step that another person must now repeat.</summary>
    public required string NotBy { get; init; }

    /// <summary>One of <see cref="TaskState"/>.</summary>
    public required string State { get; set; }
    public string? Assignee { get; set; }
    public DateTimeOffset? ClaimedAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }
    public string? CompletedBy { get; set; }
    public string? Outcome { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>JSON text, for taking it back: what the completion changed in the case record, as it was before; of an open task, who held it before a migration gave it to another lane.</summary>
    public string? Undo { get; set; }
}

public static class TaskState
{
    public const string Open = "open";
    public const string Claimed = "claimed";
    public const string Completed = "completed";
    public const string Cancelled = "cancelled";
}
