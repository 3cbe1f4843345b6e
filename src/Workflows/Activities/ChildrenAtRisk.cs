using Assize.Engine.Definitions;

namespace Assize.Workflows.Activities;

/// <summary>Finds steps whose child workflows have statutory steps, where the flow around could cancel them before they are left.</summary>
/// <remarks>Cautious: what an expression decides is taken for the worse.</remarks>
internal sealed class ChildrenAtRisk(NamedWorkflows workflows)
{
    public const string Code = "statutory-step-cancelled";

    // The hashes of mags-charged 1 and 2, which were published before this was asked: there an approved discontinuance ends what the defendants are at.
    private static readonly string[] s_olderThanTheRule =
        ["3e4027dcfb04b607c7fe200489affd4e9295ed7e96bd137136d7a4a8ba21b505", "d3cee039878108b0d6e1041a0d907c46e0cf7c0820f5446acd3ff56d9c5e20eb"];

    public IEnumerable<DefinitionProblem> Verify(WorkflowDefinition definition)
    {
        ExecutionGraph graph = Compiler.Compile(definition, CaseActivities.Table.Catalog, workflows.Find);
        Dictionary<string, ActivityNode> around = graph.Root.SelfAndBelow().SelectMany(x => x.Below.Select(below => (below.NodeId, x))).ToDictionary(x => x.NodeId, x => x.x);
        foreach (ActivityNode node in graph.Root.SelfAndBelow().Where(x => Child(x) is var (_, child) && IsStatutory(child, [])))
        {
            if (Canceller(graph, around, node) is { } by && !s_olderThanTheRule.Contains(DefinitionHash.Of(definition)))
            {
                yield return new DefinitionProblem(
                    Code,
                    $"Expected nothing to cancel {node.DisplayText} while it waits, since its workflow has steps that the law requires, but {by.DisplayText} can run meanwhile and would. Let it come after, or wait for all.",
                    Drawn(around, node).Id);
            }
        }
    }

    // What stands in a workflow that is used shows at the step that uses it.
    private static ActivityNode Drawn(Dictionary<string, ActivityNode> around, ActivityNode node)
    {
        ActivityNode drawn = node;
        for (ActivityNode inner = node; around.TryGetValue(inner.NodeId, out ActivityNode? outer); inner = outer)
        {
            drawn = outer.Workflow is not null && around.ContainsKey(outer.NodeId) ? outer : drawn;
        }
        return drawn;
    }

    // The id is null where an expression chooses it.
    private static (bool Waits, string? Definition)? Child(ActivityNode node) => node.Type switch
    {
        "Assize.ForEachDefendant" => (true, DefinitionUse.Literal(node, "workflow")),
        "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" when MayBeSet(node, "waitForCompletion") => (true, DefinitionUse.Literal(node, "workflowDefinitionId")),
        _ => null,
    };

    private bool IsStatutory(string? id, HashSet<string> seen) =>
        id is null || (seen.Add(id) && workflows.Find(id, null) is { } definition && SubWorkflows.Steps(definition, workflows).Any(x =>
            x.Type == "Assize.Deadline" || MayBeSet(x, "statutory") || (Child(x) is var (_, child) && IsStatutory(child, seen))));

    private static ActivityNode? Canceller(ExecutionGraph graph, Dictionary<string, ActivityNode> around, ActivityNode node)
    {
        for (ActivityNode inner = node; around.TryGetValue(inner.NodeId, out ActivityNode? outer); inner = outer)
        {
            ActivityNode? by = outer.Type switch
            {
                "Elsa.Flowchart" => InFlowchart(graph, around, outer, inner),
                "Elsa.ParallelForEach" or "Elsa.Switch" => outer.SelfAndBelow().FirstOrDefault(x => Ends(around, x, outer)),
                _ => null,
            };
            if (by is not null)
            {
                return by;
            }
        }
        return null;
    }

    private static ActivityNode? InFlowchart(ExecutionGraph graph, Dictionary<string, ActivityNode> around, ActivityNode outer, ActivityNode inner)
    {
        FlowchartGraph flow = graph.Flowchart(outer.NodeId);
        HashSet<string> after = Reached(flow, [inner.Id], _ => true);
        after.Remove(inner.Id);
        // What comes after it waits for it, but for a join that takes the first.
        bool Waits(string id) => id == inner.Id || (after.Contains(id) && !TakesFirst(graph, flow.Activities[id]));
        return flow.Activities.Values.OrderBy(x => x.Id, StringComparer.Ordinal).FirstOrDefault(x =>
            (after.Contains(x.Id) ? TakesFirst(graph, x) : x.IsTerminal || x.SelfAndBelow().Any(below => Ends(around, below, outer))) && Beside(flow, inner.Id, x.Id, Waits));
    }

    /// <summary>Whether some step goes by two lines at once, of which one leads to each.</summary>
    private static bool Beside(FlowchartGraph flow, string one, string other, Func<string, bool> waits) => flow.Activities.Values.Any(fork =>
    {
        List<Connection> lines = [.. flow.Outbound(fork.Id).Where(x => !flow.IsBackward(x))];
        return lines.Any(a => Reached(flow, [a.Target], _ => true).Contains(one)
            && lines.Any(b => b != a && (b.SourcePort == a.SourcePort || GoesByMany(fork)) && !waits(b.Target) && Reached(flow, [b.Target], x => !waits(x)).Contains(other)));
    });

    private static HashSet<string> Reached(FlowchartGraph flow, IEnumerable<string> from, Func<string, bool> passes)
    {
        HashSet<string> reached = [];
        Stack<string> open = new(from);
        while (open.TryPop(out string? id))
        {
            if (passes(id) && reached.Add(id))
            {
                foreach (Connection line in flow.Outbound(id).Where(x => !flow.IsBackward(x)))
                {
                    open.Push(line.Target);
                }
            }
        }
        return reached;
    }

    private static bool GoesByMany(ActivityNode node) =>
        node.Workflow is not null || node.Type is "Elsa.FlowFork" or "Elsa.RunJavaScript"
        || (node.Type == "Elsa.FlowSwitch" && node.Inputs.ContainsKey("mode") && DefinitionUse.Literal(node, "mode") is not ("MatchFirst" or "0"));

    private static bool TakesFirst(ExecutionGraph graph, ActivityNode node) => node.Type == "Elsa.FlowJoin"
        ? !node.Inputs.ContainsKey("mode") || DefinitionUse.Literal(node, "mode") is null or "" or "WaitAny"
        : graph.Definition.IsTokenBased && node.CustomProperties?.TextOf("mergeMode") == "Race";

    /// <summary>Whether a step below a container ends more than what it stands in there: the container, and with it all that runs in it.</summary>
    private static bool Ends(Dictionary<string, ActivityNode> around, ActivityNode step, ActivityNode container)
    {
        bool isBeyond = false;
        for (ActivityNode? outer = around.GetValueOrDefault(step.NodeId); outer is not null; outer = around.GetValueOrDefault(outer.NodeId))
        {
            isBeyond |= outer.NodeId == container.NodeId;
            switch (step.Type)
            {
                case "Elsa.Finish":
                    return true;
                case "Elsa.Complete" when outer.Workflow is not null:
                case "Elsa.Break" when outer.Type is "Elsa.For" or "Elsa.ForEach" or "Elsa.While":
                    return isBeyond;
                // A loop around a workflow that is used as an activity is none of its own.
                case "Elsa.Break" when outer.Workflow is not null:
                    return false;
            }
        }
        return false;
    }

    private static bool MayBeSet(ActivityNode node, string flag) =>
        node.Inputs.TryGetValue(flag, out InputValue? input)
        && (input.Expression is not { Type: "Literal" } literal ? input.IsWrapped : string.Equals(literal.Value?.ToString(), "true", StringComparison.OrdinalIgnoreCase));
}
