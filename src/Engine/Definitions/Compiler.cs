using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>Makes a definition ready to step.</summary>
public static class Compiler
{
    /// <summary>The type of the node that stands for a workflow itself.</summary>
    public const string WorkflowType = "Elsa.Workflow";

    /// <summary>Inlines workflows used as activities, indexes nodes and prepares flowcharts.</summary>
    /// <param name="inlined">Finds a workflow used as an activity; a null version means the newest published one.</param>
    /// <remarks>Compiles broken drafts too: what is broken faults when it is reached.</remarks>
    public static ExecutionGraph Compile(WorkflowDefinition definition, ActivityCatalog catalog, Func<string, int?, WorkflowDefinition?>? inlined = null)
    {
        var inlining = new Inlining(catalog, inlined);
        var root = new ActivityNode
        {
            Id = DefinitionReader.WorkflowNodeId,
            NodeId = DefinitionReader.WorkflowNodeId,
            Type = WorkflowType,
            Version = definition.Version,
            Name = definition.Name,
            DisplayText = definition.Name ?? definition.DefinitionId,
            Variables = definition.Variables,
            Children = [inlining.Root(definition)],
            Workflow = definition,
            Json = [],
        };
        var nodes = root.SelfAndBelow().ToList();
        return new ExecutionGraph(definition, root, nodes, Flowcharts(nodes), inlining.Problems);
    }

    /// <summary>The workflow that an activity of a type unknown here names, with the version it was saved with.</summary>
    public static (string DefinitionId, int? Version)? WorkflowUsedBy(ActivityNode node, ActivityCatalog catalog) =>
        catalog.Find(node.Type) is null && node.Json.TextOf("workflowDefinitionId") is { } id ? (id, node.Json.WholeNumberOf("version")) : null;

    private static ImmutableDictionary<(string, string?), FlowchartGraph> Flowcharts(IEnumerable<ActivityNode> nodes)
    {
        var graphs = ImmutableDictionary.CreateBuilder<(string, string?), FlowchartGraph>();
        foreach (var flowchart in nodes.Where(n => n.Type == "Elsa.Flowchart"))
        {
            graphs.Add((flowchart.NodeId, null), new FlowchartGraph(flowchart, DefaultStart(flowchart)));
            foreach (var trigger in flowchart.Children.Where(c => c.CanStartWorkflow))
            {
                graphs.Add((flowchart.NodeId, trigger.Id), new FlowchartGraph(flowchart, trigger));
            }
        }
        return graphs.ToImmutable();
    }

    private static ActivityNode? DefaultStart(ActivityNode flowchart)
    {
        var targets = flowchart.Connections.Select(c => c.Target).ToHashSet();
        return flowchart.Children.FirstOrDefault(c => c.Id == flowchart.Start)
            ?? flowchart.Children.FirstOrDefault(c => c.Type == "Elsa.Start")
            ?? flowchart.Children.FirstOrDefault(c => c.CanStartWorkflow)
            ?? flowchart.Children.FirstOrDefault(c => !targets.Contains(c.Id))
            ?? flowchart.Children.FirstOrDefault();
    }
}
