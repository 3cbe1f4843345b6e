using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Rules.Editing;

/// <summary>A field as people type it. What does not fit is kept as a text: a draft may be broken, and verification names it.</summary>
public static class FieldText
{
    public static string Read(RuleField field, JsonObject entry) => Read(field, RuleJson.At(entry, field.Member));

    public static string Read(RuleField field, JsonNode? value) => (field.Kind, value) switch
    {
        (RuleFieldKind.Flag, _) => (value?.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => field.Default }) ? "true" : "false",
        (RuleFieldKind.Condition, _) => ConditionWords.Say(value, field.Tests),
        (RuleFieldKind.Lines, JsonArray list) => string.Join("\n", list.Select(RuleJson.Text)),
        (RuleFieldKind.Pairs, JsonObject pairs) => string.Join("\n", pairs.Select(x => $"{x.Key} = {RuleJson.Text(x.Value)}")),
        _ => RuleJson.Text(value) ?? "",
    };

    public static void Write(RuleField field, JsonObject entry, string said)
    {
        if (said == Read(field, entry))
        {
            // Left as it was: so is its JSON.
            return;
        }
        JsonNode? value = Value(field, said, RuleJson.At(entry, field.Member));
        RuleJson.Set(entry, field.Member, value);
        if (value is null && field.SaysNull)
        {
            entry[field.Member] = null;
        }
    }

    private static JsonNode? Value(RuleField field, string said, JsonNode? before) => field.Kind switch
    {
        RuleFieldKind.Flag => (said == "true") == field.Default ? null : JsonValue.Create(said == "true"),
        RuleFieldKind.Condition => ConditionWords.Read(said, field.Tests),
        RuleFieldKind.Pairs => Pairs(said),
        RuleFieldKind.Lines => Lines(said) is { Count: > 0 } lines ? lines : null,
        _ when said.Length == 0 => null,
        RuleFieldKind.Number => Number(said),
        RuleFieldKind.Any => Any(said, before),
        _ => JsonValue.Create(said),
    };

    private static JsonArray Lines(string said) =>
        new([.. said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(x => JsonValue.Create(x))]);

    private static JsonObject? Pairs(string said)
    {
        JsonObject pairs = [];
        foreach (string line in said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = line.Split('=', 2, StringSplitOptions.TrimEntries);
            pairs[sides[0]] = sides.Length == 2 ? sides[1] : "";
        }
        return pairs.Count == 0 ? null : pairs;
    }

    private static JsonValue Number(string said) =>
        decimal.TryParse(said, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? JsonValue.Create(number) : JsonValue.Create(said);

    // Whatever kind of value it was, it stays one of that kind where it can.
    private static JsonNode? Any(string said, JsonNode? before) => before?.GetValueKind() switch
    {
        JsonValueKind.Number => Number(said),
        JsonValueKind.True or JsonValueKind.False when said is "true" or "false" => JsonValue.Create(said == "true"),
        JsonValueKind.Array or JsonValueKind.Object => Json(said),
        _ => JsonValue.Create(said),
    };

    private static JsonNode? Json(string said)
    {
        try
        {
            return JsonNode.Parse(said);
        }
        catch (JsonException)
        {
            return JsonValue.Create(said);
        }
    }
}
