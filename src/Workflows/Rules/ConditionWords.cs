using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Rules;

/// <summary>A rule's condition on one input, as people write it: one test on each line, "at least 18". What cannot be read stays as it was typed, for verification to name.</summary>
public static class ConditionWords
{
    // The longer words first: "is not" begins with "is".
    private static readonly (string Words, string Operator)[] s_operators =
    [
        ("is not", "not"), ("is", "is"), ("one of", "in"), ("at least", "atLeast"), ("at most", "atMost"), ("on or after", "atLeast"), ("on or before", "atMost"),
        ("below", "below"), ("above", "above"), ("before", "below"), ("after", "above"), ("contains", "contains"),
    ];

    public static string Hint(string? type) => type switch
    {
        "boolean" => "Whether it must be so for the rule to apply.",
        "text" => "Like is A, is not A, or one of A, B. Empty: anything.",
        "number" => "Like is 3, at least 18, below 21; one test on each line. Empty: anything.",
        "date" => "Like on or after 2026-03-27, before 2027-01-01; one test on each line. Empty: any day.",
        _ => "Like contains A; one test on each line. Empty: anything.",
    };

    public static string Say(JsonNode? condition, string? type) => condition switch
    {
        null => "",
        JsonObject tests => string.Join("\n", tests.Select(x => $"{Words(x.Key, type)} {Value(x.Value, type)}")),
        _ when type == "boolean" => Value(condition, type),
        _ => $"is {Value(condition, type)}",
    };

    /// <summary>Null for an empty text: anything.</summary>
    public static JsonNode? Read(string text, string? type)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            return null;
        }
        (string Operator, JsonNode? Value)[] tests = [.. lines.Select(x => Test(x, type))];
        if (tests is [("is", var plain)])
        {
            return plain;
        }
        JsonObject all = [];
        foreach ((string test, JsonNode? value) in tests)
        {
            // Two of the same cannot both be kept under one name; the second is told apart, and no operator.
            all[all.ContainsKey(test) ? test + " (again)" : test] = value;
        }
        return all;
    }

    private static (string, JsonNode?) Test(string line, string? type)
    {
        foreach ((string words, string test) in s_operators)
        {
            if (line.StartsWith(words + " ", StringComparison.OrdinalIgnoreCase))
            {
                string rest = line[(words.Length + 1)..].Trim();
                return (test, test == "in" ? Several(rest, type) : Single(rest, type));
            }
        }
        return ("is", Single(line, type));
    }

    private static JsonArray Several(string text, string? type) => text.StartsWith('[') && Json(text) is { } list ? list
        : new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(x => Single(x, type))]);

    private static JsonValue Single(string text, string? type) => type switch
    {
        "boolean" when text.ToLowerInvariant() is "yes" or "true" => JsonValue.Create(true),
        "boolean" when text.ToLowerInvariant() is "no" or "false" => JsonValue.Create(false),
        "number" when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static string Value(JsonNode? value, string? type) => value switch
    {
        JsonArray list when list.All(x => RuleJson.Text(x) is { } text && !text.Contains(',', StringComparison.Ordinal) && text.Trim() == text) => string.Join(", ", list.Select(x => Value(x, type))),
        _ => value?.GetValueKind() switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => RuleJson.Text(value) ?? "" },
    };

    private static string Words(string test, string? type) => (test, type) switch
    {
        ("atLeast", "date") => "on or after",
        ("atMost", "date") => "on or before",
        ("below", "date") => "before",
        ("above", "date") => "after",
        _ => s_operators.FirstOrDefault(x => x.Operator == test).Words ?? test,
    };

    private static JsonArray? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonArray;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
