using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>An input as somebody can type it.</summary>
/// <param name="Syntax">Literal, Object, JavaScript, Liquid, Variable or Input.</param>
/// <param name="Text">Of a list, an item a line; of Variable and Input, the id or the name; else the text itself.</param>
public sealed record InputText(string Syntax, string Text)
{
    private static readonly ImmutableHashSet<string> Lists = ["dynamic-outcomes", "multitext", "checklist"];

    /// <summary>True where the value is a list of texts.</summary>
    public static bool IsList(InputDescriptor input) => Lists.Contains(input.UIHint);

    /// <summary>True where the value is a list of labels with conditions, and no text.</summary>
    public static bool IsCases(InputDescriptor input) => input.UIHint is "switch-editor" or "flow-switch-editor";

    /// <summary>The syntax of what is typed without choosing one.</summary>
    public static string PlainSyntax(InputDescriptor input) => IsList(input) || input.UIHint == "dictionary" ? "Object"
        : input.UIHint == "input-picker" ? "Input"
        : input.UIHint == "variable-picker" ? "Variable"
        : "Literal";

    /// <summary>What a step's input says; null where it says nothing.</summary>
    public static InputText? Of(ActivityNode step, InputDescriptor input)
    {
        if (!step.Inputs.TryGetValue(input.Member, out var value) || value.Raw is null)
        {
            return null;
        }
        if (!value.IsWrapped)
        {
            return new InputText(PlainSyntax(input), Said(PlainSyntax(input), value.Raw, input));
        }
        return value.Expression is { } expression ? new InputText(expression.Type, Said(expression.Type, expression.Value, input)) : null;
    }

    /// <summary>The texts of a list, without empty lines.</summary>
    public static ImmutableArray<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static string Said(string syntax, JsonNode? value, InputDescriptor input) => syntax switch
    {
        "Variable" or "Input" => Expression.ReferenceOf(value) ?? "",
        "Object" or "Literal" when IsList(input) => string.Join('\n', Items(value)),
        _ => value is null ? "" : (value.AsText() ?? value.ToJsonString()).ReplaceLineEndings("\n"),
    };

    private static IEnumerable<string> Items(JsonNode? value)
    {
        if (value.AsText() is { Length: > 0 } text)
        {
            try
            {
                value = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return [text];
            }
        }
        return (value as JsonArray ?? []).Select(item => item is null ? "" : item.AsText() ?? item.ToJsonString());
    }
}
