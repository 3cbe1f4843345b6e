using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>A definition compiled for stepping: inlined, indexed, its flowcharts prepared. Immutable; cache it per version.</summary>
public sealed class ExecutionGraph
{
    internal ExecutionGraph(WorkflowDefinition definition, ActivityNode root, IEnumerable<ActivityNode> nodes, ImmutableDictionary<string, FlowchartGraph> flowcharts)
    {
        Definition = definition;
        Root = root;
        Flowcharts = flowcharts;
        ByNodeId = nodes.ToImmutableDictionary(n => n.NodeId);
        var byId = ImmutableDictionary.CreateBuilder<string, ActivityNode>();
        foreach (var node in nodes)
        {
            byId.TryAdd(node.Id, node);
        }
        ById = byId.ToImmutable();
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>The workflow itself ("Workflow1"); its only child is the definition's root activity.</summary>
    public ActivityNode Root { get; }

    /// <summary>By activity id; where an inlined workflow repeats an id, the outer activity is meant.</summary>
    public ImmutableDictionary<string, ActivityNode> ById { get; }
    public ImmutableDictionary<string, ActivityNode> ByNodeId { get; }

    /// <summary>The prepared flowcharts, by the flowchart's node id.</summary>
    public ImmutableDictionary<string, FlowchartGraph> Flowcharts { get; }
}
