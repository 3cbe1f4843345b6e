namespace Assize.Engine.Definitions;

/// <summary>Structure: types, ports, connections, ids, inputs, variables and expressions.</summary>
public static class Verifier
{
    /// <summary>All problems, in the document's order; none means that it may be published.</summary>
    /// <param name="read">Says what is wrong with an expression, and what it names.</param>
    /// <param name="inlined">Finds a workflow used as an activity.</param>
    /// <param name="versions">Says which versions of a workflow there are, for whoever named another one.</param>
    /// <remarks>A missing or repeated id is no matter of this: such a text is not even read.</remarks>
    public static IReadOnlyList<DefinitionProblem> Verify(
        WorkflowDefinition definition, ActivityCatalog catalog, Func<Expression, ExpressionReading> read, Func<string, int?, WorkflowDefinition?>? inlined = null,
        Func<string, IReadOnlyList<int>>? versions = null)
    {
        var graph = Compiler.Compile(definition, catalog, inlined);
        List<DefinitionProblem> problems = [.. graph.Problems];
        if (definition.Root.SelfAndBelow().Take(Inlining.MaxActivities + 1).Count() > Inlining.MaxActivities)
        {
            problems.Add(new("workflow-too-large", $"Expected at most {Inlining.MaxActivities} steps, but there are more: start a part of it as a workflow of its own."));
        }
        var names = new NamesInReach(definition, [.. definition.Variables]);
        Visit(graph.Root.Children[0], null, names);
        return problems;

        IEnumerable<DefinitionProblem> Lacking(ActivityNode node) =>
            from inner in node.Workflow is null ? [] : node.SelfAndBelow().Skip(1)
            let use = inner.Workflow is null ? Compiler.WorkflowUsedBy(inner, catalog) : null
            where use is { } named && inlined!(named.DefinitionId, named.Version) is null
            select ActivityRules.Lacking(node, inner, use.Value, Versions);

        // No version of it can be used within itself.
        IReadOnlyList<int> Versions(string workflow) => workflow == definition.DefinitionId ? [] : versions?.Invoke(workflow) ?? [];

        void Visit(ActivityNode node, ActivityNode? container, NamesInReach around)
        {
            var descriptor = catalog.Find(node.Type);
            var inner = around.Within(node);
            var isNamed = graph.Problems.Any(p => p.ActivityId == node.Id);
            problems.AddRange(ActivityRules.Check(node, descriptor, inner, read, new(node, descriptor, container, inner), Versions).Where(p => !(isNamed && p.Code == "workflow-unknown")));
            problems.AddRange(ConnectionRules.Check(node, catalog, graph));
            problems.AddRange(Lacking(node));
            // The steps of a workflow used as an activity were verified when that one was published.
            foreach (var below in node.Workflow is null ? node.Below : [])
            {
                Visit(below, node, inner.Below(node));
            }
        }
    }
}
