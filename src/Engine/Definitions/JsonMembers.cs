using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>Forgiving reads of JSON members: a member of another kind reads as absent.</summary>
public static class JsonMembers
{
    public static string? AsText(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static string? TextOf(this JsonObject json, string member) => json[member].AsText();

    public static bool FlagOf(this JsonObject json, string member) => json[member]?.GetValueKind() == JsonValueKind.True;

    public static int? WholeNumberOf(this JsonObject json, string member) =>
        json[member] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : null;

    public static JsonArray ArrayOf(this JsonObject json, string member) => json[member] as JsonArray ?? [];
}
