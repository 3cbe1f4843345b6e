using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reading;

/// <summary>RFC 6901 pointers into canonical JSON.</summary>
public static class JsonPointer
{
    public static string Escape(string member) => member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static bool TryFind(JsonNode root, string pointer, out JsonNode? found)
    {
        found = root;
        foreach (string segment in Segments(pointer))
        {
            switch (found)
            {
                case JsonObject members when members.TryGetPropertyValue(segment, out JsonNode? member):
                    found = member;
                    break;
                case JsonArray items when Index(items, segment) is int index:
                    found = items[index];
                    break;
                default:
                    found = null;
                    return false;
            }
        }

        return true;
    }

    /// <summary>Sets or, with null, removes one value; objects on the way are made, list items must exist.</summary>
    /// <returns>False where the pointer leads through something that is neither.</returns>
    public static bool TrySet(JsonNode root, string pointer, JsonNode? value)
    {
        string[] segments = Segments(pointer);
        if (segments.Length == 0)
        {
            return false;
        }

        JsonNode? at = root;
        foreach (string segment in segments[..^1])
        {
            at = at is JsonObject members && members[segment] is null ? members[segment] = new JsonObject() : Step(at, segment);
        }

        return Put(at, segments[^1], value?.DeepClone());
    }

    private static JsonNode? Step(JsonNode? at, string segment) => at switch
    {
        JsonObject members => members[segment],
        JsonArray items when Index(items, segment) is int index => items[index],
        _ => null,
    };

    private static bool Put(JsonNode? at, string segment, JsonNode? value)
    {
        switch (at)
        {
            case JsonObject members when value is null:
                members.Remove(segment);
                return true;
            case JsonObject members:
                members[segment] = value;
                return true;
            case JsonArray items when value is not null && Index(items, segment) is int index:
                items[index] = value;
                return true;
            default:
                return false;
        }
    }

    private static int? Index(JsonArray items, string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < items.Count ? index : null;

    private static string[] Segments(string pointer) => pointer.Length == 0
        ? []
        : [.. pointer[1..].Split('/').Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
