using Assize.Engine.Definitions;

namespace Assize.Workflows.Activities;

/// <summary>The workflows that a definition starts or uses, as far as it names them plainly, and circles among them.</summary>
internal static class SubWorkflows
{
    public static IEnumerable<(ActivityNode Step, string Id, string Field)> NamedIn(WorkflowDefinition definition) =>
        definition.Root.SelfAndBelow().SelectMany(step => Named(step).Select(x => (step, x.Id, x.Field)));

    /// <summary>The first way from a step back to the workflow itself, as ids; null where there is none.</summary>
    public static IReadOnlyList<string>? Circle(string home, string from, Func<string, string, object?> find)
    {
        HashSet<string> seen = [];
        return Way(from);

        IReadOnlyList<string>? Way(string id) =>
            id == home ? [home]
            : seen.Add(id) && find("workflow", id) is WorkflowDefinition definition
                && NamedIn(definition).Select(x => Way(x.Id)).FirstOrDefault(x => x is not null) is { } rest ? [id, .. rest]
            : null;
    }

    private static IEnumerable<(string Id, string Field)> Named(ActivityNode step)
    {
        if (step.Type == "Assize.ForEachDefendant" && DefinitionUse.Literal(step, "workflow") is { Length: > 0 } each)
        {
            yield return (each, "workflow");
        }
        if (CaseActivities.Table.Catalog.Find(step.Type) is not null && DefinitionUse.Literal(step, "workflowDefinitionId") is { Length: > 0 } started)
        {
            yield return (started, "workflowDefinitionId");
        }
        if (Compiler.WorkflowUsedBy(step, CaseActivities.Table.Catalog) is var (used, _))
        {
            yield return (used, "");
        }
    }
}
