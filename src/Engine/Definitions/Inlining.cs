using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>Puts workflows used as activities in the place where they are used, within bounds: each use is a copy, and copies multiply.</summary>
internal sealed class Inlining(ActivityCatalog catalog, Func<string, int?, WorkflowDefinition?>? find)
{
    /// <summary>Activities of a workflow, those of the workflows it uses counted at each use.</summary>
    public const int MaxActivities = 5_000;

    /// <summary>Workflows used within each other.</summary>
    public const int MaxDepth = 10;

    private readonly ImmutableArray<DefinitionProblem>.Builder _problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
    private int _activities;

    /// <summary>What was left as it was, because it goes beyond the bounds or into itself.</summary>
    public ImmutableArray<DefinitionProblem> Problems => _problems.ToImmutable();

    public ActivityNode Root(WorkflowDefinition definition) => Place(definition.Root, DefinitionReader.WorkflowNodeId, [definition.DefinitionId]);

    private ActivityNode Place(ActivityNode node, string parentNodeId, ImmutableArray<string> path)
    {
        _activities++;
        var nodeId = $"{parentNodeId}:{node.Id}";
        if (Compiler.WorkflowUsedBy(node, catalog) is var (id, version) && MayUse(node, id, path) && find?.Invoke(id, version) is { } workflow && Fits(node, workflow, path))
        {
            return node with { NodeId = nodeId, Workflow = workflow, Variables = workflow.Variables, Children = [Place(workflow.Root, nodeId, path.Add(id))] };
        }
        return node with
        {
            NodeId = nodeId,
            IsTerminal = catalog.Find(node.Type)?.IsTerminal ?? false,
            Children = [.. node.Children.Select(c => Place(c, nodeId, path))],
            Ports = node.Ports.ToImmutableSortedDictionary(p => p.Key, p => Place(p.Value, nodeId, path), StringComparer.Ordinal),
        };
    }

    // A workflow that uses itself is left as an unknown activity, which the verifier refuses and a step faults on.
    private bool MayUse(ActivityNode node, string id, ImmutableArray<string> path)
    {
        if (path.Length > 1 && path.Contains(id))
        {
            Add(node, path, "workflow-in-itself", $"Expected workflows that do not use each other in a circle, but \"{id}\" is used within itself ({string.Join(" > ", path.Add(id))}).");
        }
        return !path.Contains(id);
    }

    private bool Fits(ActivityNode node, WorkflowDefinition workflow, ImmutableArray<string> path)
    {
        var fits = path.Length <= MaxDepth && _activities + workflow.Root.SelfAndBelow().Count() <= MaxActivities;
        if (!fits)
        {
            Add(node, path, "workflow-too-large", $"Expected at most {MaxActivities} steps, and {MaxDepth} workflows within each other, but \"{workflow.DefinitionId}\" ({string.Join(" > ", path.Add(workflow.DefinitionId))}) goes beyond: start it as a workflow of its own instead.");
        }
        return fits;
    }

    // One finding for each workflow: a copy of a copy says nothing new.
    private void Add(ActivityNode node, ImmutableArray<string> path, string code, string message)
    {
        if (!_problems.Any(p => p.Code == code))
        {
            _problems.Add(new(code, message, path.Length == 1 ? node.Id : null, path.Length == 1 ? node.Pointer : null));
        }
    }
}
