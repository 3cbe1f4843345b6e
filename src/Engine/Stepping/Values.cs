using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping;

/// <summary>Reads of evaluated inputs: Studio writes flags, numbers, spans and instants as text.</summary>
public static class Values
{
    /// <summary>Text as it is, anything else as canonical JSON; null for null.</summary>
    public static string? ToText(this JsonNode? value) => value switch
    {
        null => null,
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        _ => CanonicalJson.Write(value),
    };

    /// <summary>True for true, for text that reads "true", for numbers other than 0, and for any object or list.</summary>
    public static bool ToFlag(this JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.Object or JsonValueKind.Array => true,
        JsonValueKind.String => bool.TryParse(value.ToText(), out var flag) && flag,
        JsonValueKind.Number => value.ToNumber() != 0,
        _ => false,
    };

    /// <summary>A number, or text that reads as one with a decimal point; otherwise null.</summary>
    public static decimal? ToNumber(this JsonNode? value) =>
        decimal.TryParse(value.ToText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An instant in UTC, or null. Text without an offset is UTC.</summary>
    public static DateTimeOffset? ToInstant(this JsonNode? value) =>
        DateTimeOffset.TryParse(value.ToText(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero)
            : null;

    /// <summary>A span as Elsa writes it ("2.00:00:00"), or null.</summary>
    public static TimeSpan? ToSpan(this JsonNode? value) =>
        TimeSpan.TryParse(value.ToText(), CultureInfo.InvariantCulture, out var span) ? span : null;

    /// <summary>A list, or text that holds one as JSON; null for anything else.</summary>
    public static JsonArray? ToList(this JsonNode? value)
    {
        if (value is not JsonValue || value.AsText() is not { } text)
        {
            return value as JsonArray;
        }
        try
        {
            return JsonNode.Parse(text) as JsonArray;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A list of texts; one text is a list of one; null is an empty list.</summary>
    public static ImmutableArray<string> ToTexts(this JsonNode? value) =>
        value.ToList() is { } list ? [.. list.Select(i => i.ToText()).OfType<string>()]
        : value.ToText() is { Length: > 0 } text ? [text]
        : [];
}
