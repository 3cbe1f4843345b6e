namespace Assize.Engine.Definitions;

/// <summary>Structure: types, ports, connections, ids, inputs, variables and expressions.</summary>
public static class Verifier
{
    /// <summary>All problems, in the document's order; none means that it may be published.</summary>
    /// <param name="parse">Says what is wrong with an expression, or null.</param>
    /// <param name="inlined">Finds a workflow used as an activity.</param>
    public static IReadOnlyList<DefinitionProblem> Verify(
        WorkflowDefinition definition, ActivityCatalog catalog, Func<Expression, string?> parse, Func<string, int?, WorkflowDefinition?>? inlined = null) =>
        throw new NotImplementedException(definition.DefinitionId + catalog + parse + inlined);
}
