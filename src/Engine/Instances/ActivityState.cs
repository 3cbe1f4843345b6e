using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>One execution of one activity of the definition.</summary>
public sealed record ActivityState
{
    public required string Id { get; init; }

    /// <summary>The execution of the container that scheduled this one; null for the root.</summary>
    public string? ParentId { get; init; }

    public required string ActivityId { get; init; }
    public required string NodeId { get; init; }
    public required ActivityStatus Status { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Variables of this scope, by variable id.</summary>
    public ImmutableSortedDictionary<string, JsonNode?> Variables { get; init; } = ImmutableSortedDictionary<string, JsonNode?>.Empty;

    /// <summary>What the handler remembers between steps: visit counts, loop position, evaluated inputs.</summary>
    public JsonObject? Memory { get; init; }
}

public enum ActivityStatus { Running, Completed, Canceled, Faulted }
