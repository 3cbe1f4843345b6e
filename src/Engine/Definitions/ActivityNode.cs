using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>One activity of a definition, read but not interpreted. Immutable: never write to its JSON.</summary>
public sealed record ActivityNode
{
    public required string Id { get; init; }

    /// <summary>The ids from the root to here, joined by colons; unique where ids of inlined workflows are not.</summary>
    public required string NodeId { get; init; }
    public required string Type { get; init; }
    public required int Version { get; init; }
    public string? Name { get; init; }

    /// <summary>The text a process owner gave the step; falls back to its name, then its id.</summary>
    public required string DisplayText { get; init; }

    /// <summary>Inputs by JSON member name.</summary>
    public ImmutableSortedDictionary<string, InputValue> Inputs { get; init; } = ImmutableSortedDictionary<string, InputValue>.Empty;
    public ImmutableSortedDictionary<string, OutputBinding> OutputBindings { get; init; } = ImmutableSortedDictionary<string, OutputBinding>.Empty;

    /// <summary>Embedded activities by port ("then", "body"); the cases of a Switch are "cases/0", "cases/1" and so on.</summary>
    public ImmutableSortedDictionary<string, ActivityNode> Ports { get; init; } = ImmutableSortedDictionary<string, ActivityNode>.Empty;

    /// <summary>The activities of a container, in the definition's order.</summary>
    public ImmutableArray<ActivityNode> Children { get; init; } = [];
    public ImmutableArray<Connection> Connections { get; init; } = [];
    public ImmutableArray<VariableDefinition> Variables { get; init; } = [];

    /// <summary>Flowchart only: the id of the activity it begins with, if it says so.</summary>
    public string? Start { get; init; }

    /// <summary>The workflow behind this node: the instance's own, or one used as an activity. Null for all others.</summary>
    public WorkflowDefinition? Workflow { get; init; }

    /// <summary>True where its completion ends the flowchart or sequence it stands in; the compiler knows.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Where the activity stands in its document, as a JSON pointer.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>The activity's JSON, unknown members included.</summary>
    public required JsonObject Json { get; init; }

    public JsonObject? CustomProperties => Json["customProperties"] as JsonObject;

    /// <summary>True where the activity may start the workflow: an event, a timer, a date.</summary>
    public bool CanStartWorkflow => CustomProperties?.FlagOf("canStartWorkflow") ?? false;

    /// <summary>This node's children and embedded activities.</summary>
    public IEnumerable<ActivityNode> Below => Children.Concat(Ports.Values);

    /// <summary>This node and all below it, parents first.</summary>
    public IEnumerable<ActivityNode> SelfAndBelow() => Below.SelectMany(n => n.SelfAndBelow()).Prepend(this);
}
