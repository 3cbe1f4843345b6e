using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>One expression of a definition, as written: its language and its source.</summary>
/// <param name="Type">Literal, Object, JavaScript, Liquid, Variable or Input; others are kept, and refused at publish.</param>
/// <param name="Value">A string in what Studio writes; Variable and Input may also be objects.</param>
public sealed record Expression(string Type, JsonNode? Value)
{
    /// <summary>What an expression of type Variable or Input names: its id, else its name; null if nothing.</summary>
    public string? Reference => ReferenceOf(Value);

    /// <summary>The id, else the name, in a variable or input written as an object, as JSON in a string, or as plain text.</summary>
    public static string? ReferenceOf(JsonNode? value)
    {
        if (value.AsText() is { } text)
        {
            if (!text.AsSpan().TrimStart().StartsWith("{"))
            {
                return text.Length > 0 ? text : null;
            }
            value = Parsed(text);
        }
        return value is JsonObject json ? json.TextOf("id") ?? json.TextOf("name") : null;
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
