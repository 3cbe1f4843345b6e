using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>Everything an instance is, between two steps.</summary>
/// <remarks>Immutable. <see cref="InstanceJson"/> writes it to canonical bytes: equal states, equal bytes.</remarks>
public sealed record InstanceState
{
    public required string Id { get; init; }

    /// <summary>The instance that started this one as a child, and the wait it holds for it.</summary>
    public string? ParentId { get; init; }
    public string? ParentWaitId { get; init; }

    public required string DefinitionId { get; init; }
    public required int DefinitionVersion { get; init; }

    /// <summary>The number of the engine's rules this instance started under; it keeps them for life.</summary>
    public required int RuleSet { get; init; }

    /// <summary>Versions chosen at the start: "calendar:england-and-wales" → 1, "form:initial-review" → 2.</summary>
    public ImmutableSortedDictionary<string, int> Pins { get; init; } = Sorted.Empty<int>();

    /// <summary>Running until it finished or was cancelled; an incident leaves it running.</summary>
    public required InstanceStatus Status { get; init; }
    public required InstanceSubStatus SubStatus { get; init; }
    public string? CorrelationId { get; init; }
    public string? Name { get; init; }

    /// <summary>How many stimuli this state has taken; the newest journal entry has this number.</summary>
    public required long Sequence { get; init; }

    public ImmutableSortedDictionary<string, JsonNode?> Input { get; init; } = Sorted.Values;
    public ImmutableSortedDictionary<string, JsonNode?> Output { get; init; } = Sorted.Values;

    /// <summary>What each activity id last produced, for expressions that read another step's result.</summary>
    public ImmutableSortedDictionary<string, JsonNode?> Results { get; init; } = Sorted.Values;

    /// <summary>Running and faulted executions by execution id; a finished one leaves once its container has seen it.</summary>
    public ImmutableSortedDictionary<string, ActivityState> Activities { get; init; } = Sorted.Empty<ActivityState>();

    /// <summary>How many executions were scheduled so far.</summary>
    public long Scheduled { get; init; }

    public ImmutableArray<Wait> Waits { get; init; } = [];
    public ImmutableArray<Incident> Incidents { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

public enum InstanceStatus { Running, Finished }

public enum InstanceSubStatus { Pending, Executing, Suspended, Finished, Cancelled, Faulted }
