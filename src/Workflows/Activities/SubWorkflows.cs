using Assize.Engine.Definitions;

namespace Assize.Workflows.Activities;

/// <summary>The workflows that a definition starts or uses, as far as it names them plainly, and circles among them.</summary>
internal static class SubWorkflows
{
    public static IEnumerable<(ActivityNode Step, NamedWorkflow Named)> NamedIn(WorkflowDefinition definition) =>
        definition.Root.SelfAndBelow().SelectMany(step => Named(step).Select(named => (step, named)));

    /// <summary>Every step of a workflow, and of the workflows that it uses, each of these once.</summary>
    public static IEnumerable<ActivityNode> Steps(WorkflowDefinition definition, NamedWorkflows workflows)
    {
        HashSet<(string, int?)> met = [];
        return Below(definition.Root);

        IEnumerable<ActivityNode> Below(ActivityNode root) => root.SelfAndBelow().SelectMany(step =>
            Compiler.WorkflowUsedBy(step, CaseActivities.Table.Catalog) is { } use && met.Add(use) && workflows.Find(use.DefinitionId, use.Version) is { } used ? Below(used.Root).Prepend(step) : [step]);
    }

    /// <summary>The first way from what a step names back to the workflow itself on which something is started, as ids; null where there is none.</summary>
    /// <remarks>Workflows that only use each other in a circle cannot be put together, which the engine says.</remarks>
    public static IReadOnlyList<string>? Circle(string home, NamedWorkflow from, NamedWorkflows workflows)
    {
        HashSet<(NamedWorkflow, bool)> seen = [];
        return Way(from, from.IsStarted);

        IReadOnlyList<string>? Way(NamedWorkflow at, bool started) =>
            at.Id == home ? (started ? [home] : null)
            : seen.Add((at, started)) && workflows.Find(at.Id, at.Version) is { } definition
                && NamedIn(definition).Select(x => Way(x.Named, started || x.Named.IsStarted)).FirstOrDefault(x => x is not null) is { } rest ? [at.Id, .. rest]
            : null;
    }

    /// <summary>What one step starts or uses.</summary>
    public static IEnumerable<NamedWorkflow> Named(ActivityNode step)
    {
        if (step.Type == "Assize.ForEachDefendant" && DefinitionUse.Literal(step, "workflow") is { Length: > 0 } each)
        {
            yield return new(each, null, "workflow");
        }
        if (CaseActivities.Table.Catalog.Find(step.Type) is not null && DefinitionUse.Literal(step, "workflowDefinitionId") is { Length: > 0 } started)
        {
            yield return new(started, null, "workflowDefinitionId");
        }
        if (Compiler.WorkflowUsedBy(step, CaseActivities.Table.Catalog) is var (used, version))
        {
            yield return new(used, version, null);
        }
    }
}

/// <param name="Version">Null: the newest.</param>
/// <param name="Field">The input that names a workflow that is started; null where it is used as the activity itself.</param>
internal readonly record struct NamedWorkflow(string Id, int? Version, string? Field)
{
    public bool IsStarted => Field is not null;
}
