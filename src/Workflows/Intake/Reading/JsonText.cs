using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Reads single values of the canonical JSON without trusting their type.</summary>
internal static class JsonText
{
    /// <summary>The string, or null where the value is absent or of another type.</summary>
    public static string? Of(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A string or a number as text: code lists are met as both.</summary>
    public static string? OfCode(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        ? value.ToJsonString()
        : Of(node);

    public static DateOnly? Date(JsonNode? node) => Date(Of(node));

    public static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    public static int? Integer(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && int.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>The value as a person would quote it in a message, shortened.</summary>
    public static string Quote(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonObject => "an object",
        JsonArray => "a list",
        _ => "'" + ProsecutionReader.Shorten(OfCode(node) ?? node.ToJsonString()) + "'",
    };
}
