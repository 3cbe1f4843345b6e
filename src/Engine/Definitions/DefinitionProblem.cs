namespace Assize.Engine.Definitions;

/// <summary>What is wrong with a definition, and where.</summary>
/// <param name="Code">Stable, such as "json-unreadable", "id-missing", "activity-unknown", "connection-dangling".</param>
/// <param name="Message">For a process owner: what was expected, what was found.</param>
/// <param name="ActivityId">The step, where there is one.</param>
/// <param name="Pointer">A JSON pointer into the document, where known.</param>
public sealed record DefinitionProblem(string Code, string Message, string? ActivityId = null, string? Pointer = null)
{
    /// <summary>The field of the step, by the name that its panel shows; null where it is about the step as a whole.</summary>
    public string? Field { get; init; }
}
