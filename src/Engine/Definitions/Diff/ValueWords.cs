using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Diff;

/// <summary>A value of a definition in a few words.</summary>
internal static class ValueWords
{
    private const int Longest = 80;

    /// <summary>"from X to Y", "set to Y" or "no longer X".</summary>
    public static string Change(JsonNode? before, JsonNode? after) => (IsNothing(before), IsNothing(after)) switch
    {
        (true, false) => $"is now {Of(after)}; it was empty",
        (false, true) => $"is now empty; it was {Of(before)}",
        (true, true) => "is empty as before, but written differently",
        _ => Of(before) == Of(after) ? "changed in its details" : $"changed from {Of(before)} to {Of(after)}",
    };

    public static string Of(JsonNode? value) => value switch
    {
        null => "nothing",
        JsonObject wrapped when wrapped["expression"] is JsonObject expression => OfExpression(expression),
        JsonObject expression when expression.ContainsKey("type") && expression.ContainsKey("value") && expression.Count == 2 => OfExpression(expression),
        JsonArray list when list.All(item => item.AsText() is not null) => Quoted(string.Join(", ", list.Select(item => item.AsText()))),
        _ => value.AsText() is { } text ? Quoted(text) : Short(CanonicalJson.Write(value)),
    };

    private static string OfExpression(JsonObject expression)
    {
        var value = expression["value"];
        return expression.TextOf("type") switch
        {
            "Literal" or "Object" or null => Of(value),
            "Variable" => $"the variable {Quoted(Expression.ReferenceOf(value) ?? "")}",
            "Input" => $"the input {Quoted(Expression.ReferenceOf(value) ?? "")}",
            var language => $"the {language} {Of(value)}",
        };
    }

    private static bool IsNothing(JsonNode? value) => value switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject wrapped when wrapped["expression"] is JsonObject expression => IsNothing(expression["value"]),
        _ => value.AsText() is "",
    };

    private static string Quoted(string text) => $"“{Short(text)}”";

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest - 1).TrimEnd(), "…");
    }
}
