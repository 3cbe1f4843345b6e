namespace Assize.Engine.Instances;

/// <summary>A fault of a definition or its data: visible, retryable, owned by somebody.</summary>
public sealed record Incident
{
    public required string Id { get; init; }
    public required string ExecutionId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodeId { get; init; }
    public required string ActivityType { get; init; }

    /// <summary>A stable code, such as "script-failed", "statement-limit", "unknown-variable".</summary>
    public required string Code { get; init; }
    public required string Message { get; init; }
    public required DateTimeOffset At { get; init; }
}
