using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Rules;

/// <summary>Reads and writes members of files that may be broken. A member is named with dots: "title.en".</summary>
public static class RuleJson
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object that a text holds; null where it holds none, or a member twice.</summary>
    public static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text, null, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write(JsonObject file) => file.ToJsonString(s_indented);

    public static JsonNode? At(JsonObject of, string member)
    {
        JsonNode? at = of;
        foreach (string name in member.Split('.'))
        {
            at = (at as JsonObject)?[name];
        }
        return at;
    }

    /// <summary>A text as it is, anything else as JSON.</summary>
    public static string? Text(JsonObject of, string member) => Text(At(of, member));

    public static string? Text(JsonNode? value) => value is null ? null : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    /// <summary>The entries of a list within the file; what is no object is left out.</summary>
    public static IReadOnlyList<JsonObject> Entries(JsonObject of, string member) => [.. (of[member] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>Null takes the member out, and what is empty above it.</summary>
    public static void Set(JsonObject of, string member, JsonNode? value)
    {
        string[] names = member.Split('.', 2);
        if (names.Length == 1)
        {
            _ = value is null ? of.Remove(member) : Put(of, member, value);
            return;
        }
        JsonObject inner = of[names[0]] as JsonObject ?? [];
        Set(inner, names[1], value);
        if (inner.Count == 0)
        {
            of.Remove(names[0]);
        }
        else if (inner.Parent is null)
        {
            of[names[0]] = inner;
        }
    }

    private static bool Put(JsonObject of, string member, JsonNode value)
    {
        of[member] = value;
        return true;
    }
}
