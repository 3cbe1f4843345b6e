using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>One version of a workflow in Elsa's JSON. Immutable: never write to its JSON.</summary>
public sealed record WorkflowDefinition
{
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }

    /// <summary>The version's own id, where a server gave it one.</summary>
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }

    public ImmutableArray<VariableDefinition> Variables { get; init; } = [];
    public ImmutableArray<ArgumentDefinition> Inputs { get; init; } = [];
    public ImmutableArray<ArgumentDefinition> Outputs { get; init; } = [];

    /// <summary>Ports of this workflow where another one uses it as an activity.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    public required ActivityNode Root { get; init; }

    /// <summary>The whole document, unknown members included.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>True where the options let other workflows use this one as an activity.</summary>
    public bool UsableAsActivity => (Json["options"] as JsonObject)?.FlagOf("usableAsActivity") ?? false;

    /// <summary>True where other branches go on after an incident; false where it halts the instance.</summary>
    public bool ContinuesWithIncidents =>
        (Json["options"] as JsonObject)?.TextOf("incidentStrategyType")?.Contains("ContinueWithIncidents", StringComparison.Ordinal) ?? false;

    /// <summary>True where the flowcharts run by tokens and not by counting visits.</summary>
    public bool IsTokenBased =>
        string.Equals((Json["customProperties"] as JsonObject)?.TextOf("Flowchart:ExecutionMode"), "TokenBased", StringComparison.OrdinalIgnoreCase)
        || string.Equals((Json["options"] as JsonObject)?.TextOf("flowchartExecutionMode"), "TokenBased", StringComparison.OrdinalIgnoreCase);
}
