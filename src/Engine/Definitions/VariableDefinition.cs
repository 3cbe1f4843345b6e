using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>A variable of a workflow or of a container.</summary>
/// <param name="Value">The initial value as written; Studio writes a string whatever the type.</param>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, JsonNode? Value)
{
    /// <summary>The value as this variable's type wants it: text that reads as a number, flag or JSON becomes one.</summary>
    /// <remarks>Text that does not read so is kept as text: the expression that needs more will say so.</remarks>
    public JsonNode? Convert(JsonNode? value)
    {
        if (value.AsText() is not { } text)
        {
            return value;
        }
        return IsArray ? Parsed(text) ?? value : TypeName switch
        {
            "String" or "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" => value,
            "Boolean" => bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : value,
            "Int32" or "Int64" or "Double" or "Decimal" or "Single" =>
                decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : value,
            _ => text.AsSpan().TrimStart() is ['{' or '[', ..] ? Parsed(text) ?? value : value,
        };
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An input or output that a workflow declares.</summary>
public sealed record ArgumentDefinition(string Name, string Type, bool IsArray);
