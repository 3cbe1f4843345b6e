namespace Assize.Workflows.Rehearsing;

/// <summary>A text that is, or was, run on the journals of all open cases of its workflow. Its id is that of its operation.</summary>
public sealed class WorkflowRehearsal
{
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }
    public required string Text { get; init; }
    public required string Agency { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Same { get; set; }
    public int Moves { get; set; }
    public int NeedsMapping { get; set; }
    public int Stranded { get; set; }
}

/// <summary>What the text would mean to one case: the worst of its instances.</summary>
public sealed class RehearsedCase
{
    public required string RehearsalId { get; init; }
    public required string UnitId { get; init; }

    /// <summary>The number of <see cref="Engine.Rehearsing.RehearsalClass"/>.</summary>
    public required int Class { get; init; }
    public required string InstanceId { get; init; }

    /// <summary>The version that it runs on.</summary>
    public required int Version { get; init; }
    public required string Code { get; init; }

    /// <summary>The step where it parts; null where it does not.</summary>
    public string? ActivityId { get; init; }
    public required string Words { get; init; }

    /// <summary>The stimulus of its journal at which it parts.</summary>
    public long? Sequence { get; init; }
}
