using System.Collections.Immutable;

namespace Assize.Engine.Instances;

/// <summary>The nth execution of an activity.</summary>
public sealed record Occurrence(string ActivityId, int Number);

/// <summary>The nth wait of one kind that an execution opened.</summary>
public sealed record WaitPlace(Occurrence Step, WaitKind Kind, int Number);

/// <summary>Where the executions and waits of an instance stand, in words that hold in every version: by activity and occurrence.</summary>
public sealed record Trace
{
    public static Trace Empty { get; } = new();

    /// <summary>How often each activity was entered.</summary>
    public ImmutableSortedDictionary<string, int> Entered { get; init; } = Sorted.Empty<int>();
    public ImmutableSortedDictionary<string, Occurrence> Executions { get; init; } = Sorted.Empty<Occurrence>();
    public ImmutableSortedDictionary<string, WaitPlace> Waits { get; init; } = Sorted.Empty<WaitPlace>();

    /// <summary>Work asked of the world, how often by each step: "activity|kind".</summary>
    public ImmutableSortedDictionary<string, int> Asked { get; init; } = Sorted.Empty<int>();

    /// <summary>Child instances: "activity|kind|number".</summary>
    public ImmutableSortedDictionary<string, string> Children { get; init; } = Sorted.Empty<string>();

    /// <summary>The same with the names that activities have in another version.</summary>
    public Trace Renamed(Func<string, string> rename) => new()
    {
        Entered = Rekeyed(Entered, rename),
        Executions = Executions.SetItems(Executions.Select(e => KeyValuePair.Create(e.Key, Renamed(e.Value, rename)))),
        Waits = Waits.SetItems(Waits.Select(w => KeyValuePair.Create(w.Key, w.Value with { Step = Renamed(w.Value.Step, rename) }))),
        Asked = Rekeyed(Asked, key => Renamed(key, rename)),
        Children = Rekeyed(Children, key => Renamed(key, rename)),
    };

    private static Occurrence Renamed(Occurrence occurrence, Func<string, string> rename) => occurrence with { ActivityId = rename(occurrence.ActivityId) };

    private static string Renamed(string key, Func<string, string> rename)
    {
        var end = key.IndexOf('|', StringComparison.Ordinal);
        return rename(key[..end]) + key[end..];
    }

    private static ImmutableSortedDictionary<string, T> Rekeyed<T>(ImmutableSortedDictionary<string, T> items, Func<string, string> rename) =>
        Sorted.Empty<T>().SetItems(items.Select(i => KeyValuePair.Create(rename(i.Key), i.Value)));
}
