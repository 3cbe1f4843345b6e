namespace Assize.Engine.Definitions.Diff;

/// <summary>One thing that is different between two versions of a workflow.</summary>
/// <param name="Part">What kind of thing it is.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Words">A sentence for a process owner, with the old and the new value where there are both.</param>
public sealed record DefinitionChange(ChangedPart Part, ChangeKind Kind, string Words)
{
    /// <summary>The step that it stands on; of a connection, the step that it leaves. Null for the workflow as a whole.</summary>
    public string? ActivityId { get; init; }

    /// <summary>Of a connection: the outcome that follows it and the step that it enters.</summary>
    public Connection? Connection { get; init; }

    /// <summary>The JSON member, where one member changed.</summary>
    public string? Member { get; init; }

    /// <summary>The old value as JSON text, whole; null where there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The new value as JSON text, whole; null where there is none.</summary>
    public string? After { get; init; }
}

/// <summary>What kind of thing is different.</summary>
public enum ChangedPart { Workflow, Variable, Input, Output, Outcome, Step, Connection }

/// <summary>What happened: <see cref="Redrawn"/> changes the picture only, <see cref="Moved"/> puts a step into another container.</summary>
public enum ChangeKind { Added, Removed, Changed, Moved, Redrawn }
