using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>A definition compiled for stepping: inlined, indexed, its flowcharts prepared. Immutable; cache it per version.</summary>
public sealed class ExecutionGraph
{
    private readonly FrozenDictionary<(string NodeId, string? Trigger), FlowchartGraph> _flowcharts;

    internal ExecutionGraph(
        WorkflowDefinition definition, ActivityNode root, IReadOnlyList<ActivityNode> nodes, ImmutableDictionary<(string, string?), FlowchartGraph> flowcharts,
        ImmutableArray<DefinitionProblem> problems)
    {
        Problems = problems;
        Definition = definition;
        Root = root;
        _flowcharts = flowcharts.ToFrozenDictionary();
        ByNodeId = nodes.GroupBy(n => n.NodeId).ToFrozenDictionary(g => g.Key, g => g.First());
        IdByName = nodes.Where(n => n.Name is not null).GroupBy(n => n.Name!).ToFrozenDictionary(g => g.Key, g => g.First().Id);
        ById = nodes.GroupBy(n => n.Id).ToFrozenDictionary(g => g.Key, g => g.First());
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>Workflows used as activities that were not put in their place: too many, too deep, or within themselves.</summary>
    public ImmutableArray<DefinitionProblem> Problems { get; }

    /// <summary>The workflow itself ("Workflow1"); its only child is the definition's root activity.</summary>
    public ActivityNode Root { get; }

    /// <summary>By activity id; where an inlined workflow repeats an id, the first in the document is meant.</summary>
    public FrozenDictionary<string, ActivityNode> ById { get; }
    public FrozenDictionary<string, ActivityNode> ByNodeId { get; }

    /// <summary>Activity ids by activity name; of several with one name, the first in the document is meant.</summary>
    public FrozenDictionary<string, string> IdByName { get; }

    /// <summary>A prepared flowchart, as begun by that trigger, or by its default start where it does not hold the trigger.</summary>
    public FlowchartGraph Flowchart(string nodeId, string? triggerId = null) =>
        _flowcharts.GetValueOrDefault((nodeId, triggerId)) ?? _flowcharts[(nodeId, null)];
}
