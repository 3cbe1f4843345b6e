using System.Collections.Frozen;
using System.Collections.Immutable;
using Assize.Workflows.Forms;
using Assize.Workflows.Releasing;

namespace Assize.Workflows.Storage;

/// <summary>What was published and released at one version of the catalogue.</summary>
/// <param name="Live">Of each workflow the versions that are not retracted.</param>
internal sealed record RuleSnapshot(
    long Version,
    ImmutableDictionary<(string Kind, string Id, int Version), PublishedRule> Resources,
    FrozenDictionary<string, ImmutableArray<int>> Live,
    FrozenDictionary<string, ReleasePlan> Plans)
{
    public static RuleSnapshot Empty { get; } = new(
        -1, ImmutableDictionary<(string, string, int), PublishedRule>.Empty, FrozenDictionary<string, ImmutableArray<int>>.Empty, FrozenDictionary<string, ReleasePlan>.Empty);

    /// <summary>What workflows are with overlays on them.</summary>
    public OverlaySnapshot Effective { get; init; } = OverlaySnapshot.Empty;

    /// <summary>By what an instance pins: "form:initial-review" at 2.</summary>
    public FrozenDictionary<KeyValuePair<string, int>, object> ByPin { get; } = Resources
        .ToFrozenDictionary(x => KeyValuePair.Create($"{x.Key.Kind}:{x.Key.Id}", x.Key.Version), x => x.Value.Value);

    /// <summary>The newest of each form, table and calendar.</summary>
    public FrozenDictionary<(string Kind, string Id), object> Newest { get; } = Resources
        .GroupBy(x => (x.Key.Kind, x.Key.Id)).ToFrozenDictionary(x => x.Key, x => x.MaxBy(rule => rule.Key.Version).Value.Value);

    /// <summary>A value that an update sets without a question counts for every question of its form.</summary>
    public FrozenSet<string> OffenceFields { get; } = Resources.Values.Select(x => x.Value).OfType<Form>()
        .Where(form => form.Updates?.Any(x => x.Set.StartsWith("offence.", StringComparison.Ordinal)) == true)
        .SelectMany(form => form.Updates!.Any(x => x.From is null) ? form.Questions.Select(x => x.Id) : form.Updates!.Select(x => x.From!))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The version that a new instance takes, and the release that says so; null where there is none for it.</summary>
    public (int Version, int? Release)? Pick(string id, int? version, NewInstance asked)
    {
        if (!Live.TryGetValue(id, out ImmutableArray<int> live))
        {
            return null;
        }
        if (version is { } fixedVersion)
        {
            return live.Contains(fixedVersion) ? (fixedVersion, null) : null;
        }
        // A workflow without releases was published by a build that knew none: then the newest version counted.
        return !Plans.TryGetValue(id, out ReleasePlan? plan) ? (live.Max(), null)
            : plan.Choose(asked) is { } release ? (release.Version, release.Number) : null;
    }
}

/// <param name="From">The day from which it is law; null: any.</param>
internal sealed record PublishedRule(DateOnly? From, object Value);
