using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>What somebody decided about the steps in which two versions differ.</summary>
public sealed record StepMapping
{
    public static StepMapping None { get; } = new();

    /// <summary>Steps of the old version by the step of the new one that takes their place.</summary>
    public ImmutableSortedDictionary<string, string> Renamed { get; init; } = Sorted.Empty<string>();

    /// <summary>Steps of the new version that count as done where an instance has gone past them, with their answer.</summary>
    public ImmutableSortedDictionary<string, PassedStep> Passed { get; init; } = Sorted.Empty<PassedStep>();

    /// <summary>Steps of the new version whose work (a stage, a message, an event) is left undone where an instance has gone past them.</summary>
    public ImmutableArray<string> LeftUndone { get; init; } = [];

    /// <summary>Steps of the new version that an instance begins to wait at by the migration.</summary>
    public ImmutableArray<string> Begun { get; init; } = [];

    /// <summary>Steps of the old version whose wait the migration withdraws.</summary>
    public ImmutableArray<string> Withdrawn { get; init; } = [];

    /// <summary>The activity that stands for this one.</summary>
    public string NewOf(string activityId) => Renamed.GetValueOrDefault(activityId, activityId);

    /// <summary>What was decided here, and after it there.</summary>
    public StepMapping Then(StepMapping later) => new()
    {
        Renamed = later.Renamed.SetItems(Renamed.Select(r => KeyValuePair.Create(r.Key, later.NewOf(r.Value)))),
        Passed = Passed.SetItems(later.Passed),
        LeftUndone = [.. LeftUndone.Union(later.LeftUndone)],
        Begun = [.. Begun.Union(later.Begun)],
        Withdrawn = [.. Withdrawn.Union(later.Withdrawn)],
    };
}

/// <summary>The answer that a step gets which nobody did.</summary>
public sealed record PassedStep(string? Outcome, JsonNode? Payload = null);
