using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reference;

/// <summary>All code lists at one version. Immutable; a new version is a new object.</summary>
public sealed class ReferenceData
{
    private readonly FrozenDictionary<(string List, string Code), ImmutableArray<ReferenceItem>> _items;
    private readonly FrozenSet<string> _lists;

    private ReferenceData(IEnumerable<ReferenceItem> items)
    {
        _items = items.GroupBy(item => (item.List, item.Code)).ToFrozenDictionary(
            group => group.Key, group => group.OrderBy(item => item.From ?? DateOnly.MinValue).ToImmutableArray());
        _lists = _items.Keys.Select(key => key.List).ToFrozenSet(StringComparer.Ordinal);
    }

    public int Count => _items.Count;

    public static ReferenceData Of(IEnumerable<ReferenceItem> items) => new(items);

    /// <summary>Imported lists over our own: a code's imported details and days win, member by member, and nothing of ours is lost.</summary>
    public ReferenceData With(IEnumerable<ReferenceItem> imported)
    {
        Dictionary<(string, string), List<ReferenceItem>> merged = _items.ToDictionary(pair => pair.Key, pair => pair.Value.ToList());
        foreach (IGrouping<(string, string), ReferenceItem> group in imported.GroupBy(item => (item.List, item.Code)))
        {
            merged[group.Key] = merged.TryGetValue(group.Key, out List<ReferenceItem>? ours)
                ? [.. group.Select(item => Merge(ours[^1], item))]
                : [.. group];
        }

        return new ReferenceData(merged.Values.SelectMany(items => items));
    }

    /// <summary>Published lists in the place of those that have their ids: each says all of its codes.</summary>
    public ReferenceData Replaced(IReadOnlyList<CodeList> published)
    {
        HashSet<string> replaced = [.. published.Select(x => x.Id)];
        return new ReferenceData([.. _items.Where(x => !replaced.Contains(x.Key.List)).SelectMany(x => x.Value), .. published.SelectMany(x => x.AsReference())]);
    }

    /// <summary>The ids of all lists.</summary>
    public IEnumerable<string> Lists => _lists.Order(StringComparer.Ordinal);

    /// <summary>The newest entry of a code, whenever it was in effect.</summary>
    public ReferenceItem? Find(string list, string code) => _items.TryGetValue((list, code), out ImmutableArray<ReferenceItem> items) ? items[^1] : null;

    public ReferenceItem? Find(string list, string code, DateOnly day) =>
        _items.TryGetValue((list, code), out ImmutableArray<ReferenceItem> items) ? items.LastOrDefault(item => item.IsInEffect(day)) : null;

    public bool Has(string list) => _lists.Contains(list);

    public IEnumerable<ReferenceItem> List(string list) => _items.Where(pair => pair.Key.List == list).SelectMany(pair => pair.Value);

    private static ReferenceItem Merge(ReferenceItem ours, ReferenceItem imported)
    {
        JsonObject detail = ours.Detail.DeepClone().AsObject();
        foreach ((string name, JsonNode? value) in imported.Detail)
        {
            detail[name] = value?.DeepClone();
        }

        return imported with { From = imported.From ?? ours.From, To = imported.To ?? ours.To, Detail = detail };
    }
}
