namespace Assize.Engine.Definitions;

/// <summary>The text is no definition: it cannot even be kept as a draft.</summary>
public sealed class DefinitionUnreadable(IReadOnlyList<DefinitionProblem> problems)
    : Exception(string.Join(" ", problems.Select(p => p.Message)))
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}
