namespace Assize.Engine.Definitions.Editing;

/// <summary>Where a step is put.</summary>
public abstract record StepPlace;

/// <summary>On an outcome of a step: what the outcome led to follows the new step. In a sequence, the next place.</summary>
public sealed record AfterStep(string StepId, string Port) : StepPlace;

/// <summary>Before a step: all that led there leads to the new step.</summary>
public sealed record BeforeStep(string StepId) : StepPlace;

/// <summary>Within a container, where nothing leads to it yet; in a sequence, at the end.</summary>
/// <param name="StepId">The container, or the step that has the branch.</param>
/// <param name="Port">The branch, such as "then" or "cases/0"; empty for a container.</param>
public sealed record WithinStep(string StepId, string Port) : StepPlace;
