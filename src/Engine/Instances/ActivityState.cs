using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

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

    /// <summary>When it was scheduled.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its place among the executions scheduled in the instance, which is the order they run in.</summary>
    public required long Order { get; init; }

    /// <summary>Variables of this scope, by variable id.</summary>
    public ImmutableSortedDictionary<string, JsonNode?> Variables { get; init; } = Sorted.Values;

    /// <summary>True where the container went on without it: it stands under the instance itself now, which cannot end before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasLeft { get; init; }

    /// <summary>What the container noted when it scheduled this one.</summary>
    public string? Tag { get; init; }

    /// <summary>What the handler remembers between steps: visit counts, loop position, evaluated inputs.</summary>
    public JsonObject? Memory { get; init; }

    /// <summary>Faulted only: the call that faulted, and those that came since; a retry makes them in this order.</summary>
    public ImmutableArray<HandlerCall> FaultedCalls { get; init; } = [];
}

/// <summary>Pending: scheduled, not yet entered; seen between steps only where an incident halted the instance.</summary>
public enum ActivityStatus { Pending, Running, Completed, Canceled, Faulted }
