namespace Assize.Engine.Definitions.Editing;

/// <summary>What came of an operation on a definition.</summary>
public abstract record EditAnswer;

/// <summary>The definition as it is now; the one that was given is unchanged.</summary>
public sealed record Edited(WorkflowDefinition Definition) : EditAnswer
{
    /// <summary>What happened to connections beside what was asked for, in sentences; often empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Nothing was changed.</summary>
/// <param name="Code">Stable, such as "step-unknown".</param>
/// <param name="Message">For a process owner: what was expected, what was found.</param>
public sealed record NotEdited(string Code, string Message) : EditAnswer
{
    internal static NotEdited NoStep(string id) => new("step-unknown", $"There is no step \"{id}\" any more: somebody removed it. Nothing was changed.");
}
