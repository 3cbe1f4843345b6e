namespace Assize.Workflows.Overlays;

/// <summary>Why an overlay is refused.</summary>
/// <param name="Operation">The operation's short name; null where it is about the overlay as a whole.</param>
/// <param name="Activity">The step that it is about, by id; null where it is about none.</param>
public sealed record OverlayProblem(string Code, string Message, string? Operation = null, string? Activity = null)
{
    /// <summary>With the operation and the step named in the sentence.</summary>
    public string Words => Operation is null ? Message
        : Activity is null ? $"Operation “{Operation}”: {Message}"
        : $"Operation “{Operation}”, step “{Activity}”: {Message}";
}

/// <summary>A baseline with overlays on it.</summary>
/// <param name="Definition">Under the baseline's id and number; what could not be done is left out of it.</param>
public sealed record OverlayMerged(Engine.Definitions.WorkflowDefinition Definition, IReadOnlyList<OverlayProblem> Problems);
