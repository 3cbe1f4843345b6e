using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>Empty dictionaries in ordinal order: the default order depends on the machine's culture.</summary>
public static class Sorted
{
    public static ImmutableSortedDictionary<string, JsonNode?> Values { get; } = Empty<JsonNode?>();

    public static ImmutableSortedDictionary<string, T> Empty<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
