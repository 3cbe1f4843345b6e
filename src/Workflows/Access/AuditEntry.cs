namespace Assize.Workflows.Access;

/// <summary>Who did what to which thing; committed with the write it describes, by the real clock.</summary>
public sealed class AuditEntry
{
    public required string Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }

    /// <summary>The actor's home agency.</summary>
    public required string Agency { get; init; }
    public required string Action { get; init; }

    /// <summary>"case", "task", "submission", "message" or "clock".</summary>
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }

    /// <summary>JSON text: what is needed to understand the act, never personal data.</summary>
    public string? Detail { get; init; }
}
