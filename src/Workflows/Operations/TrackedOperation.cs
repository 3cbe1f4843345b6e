namespace Assize.Workflows.Operations;

/// <summary>A piece of long work: what it is about, how far it is, and what somebody wants of it. It survives every restart.</summary>
public sealed class TrackedOperation
{
    public required string Id { get; init; }

    /// <summary>The <see cref="OperationKind"/> that does it.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, such as <c>definition:mags-charged</c>; of one kind, one operation at a time is open about it.</summary>
    public required string About { get; init; }

    /// <summary>JSON text: what the kind was asked to do. It never changes.</summary>
    public required string Settings { get; init; }

    /// <summary>The action that somebody needs to steer it.</summary>
    public required string Action { get; init; }

    /// <summary>One of <see cref="OperationState"/>.</summary>
    public required string State { get; set; }

    /// <summary>What the runner finds before its next batch: <see cref="OperationWish"/> or null.</summary>
    public string? Wish { get; set; }

    /// <summary>JSON text of the kind: where the next batch begins. Null before the first.</summary>
    public string? Cursor { get; set; }
    public required long Done { get; set; }

    /// <summary>Null while nobody knows.</summary>
    public long? Total { get; set; }

    /// <summary>JSON text of the kind: what came of it.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why it stopped, in words; what was done stays done.</summary>
    public string? Failure { get; set; }

    /// <summary>How often in a row a batch failed.</summary>
    public required int Failures { get; set; }
    public required string StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public required string Agency { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Counted up whenever a runner takes it, so that one which was thought dead cannot write any more.</summary>
    public required int Turn { get; set; }

    /// <summary>Nobody else takes it before; real time.</summary>
    public required DateTimeOffset FreeAt { get; set; }

    public bool IsOpen => OperationState.Open.Contains(State);
}

public static class OperationState
{
    public const string Waiting = "waiting";
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static IReadOnlyList<string> Open { get; } = [Waiting, Running, Paused];

    public static IReadOnlyList<string> Runnable { get; } = [Waiting, Running];
}

public static class OperationWish
{
    public const string Pause = "pause";
    public const string Cancel = "cancel";
}
