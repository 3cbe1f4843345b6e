using System.Globalization;
using System.Text.Json;

namespace Assize.Workflows.Decisions;

/// <summary>Tests one input of a rule: a plain value, or an object of operators that must all hold.</summary>
internal static class Condition
{
    public static bool Holds(JsonElement condition, InputType type, JsonElement value) =>
        condition.ValueKind == JsonValueKind.Object
            ? condition.EnumerateObject().All(x => Operator(x.Name, x.Value, type, value))
            : Same(condition, type, value);

    public static string? Problem(JsonElement condition, InputType type)
    {
        if (condition.ValueKind != JsonValueKind.Object)
        {
            return type != InputType.Texts && Fits(condition, type) ? null : $"{condition} does not";
        }
        return condition.EnumerateObject().Select(x => ProblemOf(x, type)).FirstOrDefault(x => x is not null);
    }

    /// <summary>Whether a value has the type that the table's input declares.</summary>
    public static bool Fits(JsonElement value, InputType type) => type switch
    {
        InputType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        InputType.Text => value.ValueKind == JsonValueKind.String,
        InputType.Number => value.ValueKind == JsonValueKind.Number,
        InputType.Date => value.ValueKind == JsonValueKind.String && TryDate(value, out _),
        _ => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(x => x.ValueKind == JsonValueKind.String),
    };

    private static string? ProblemOf(JsonProperty test, InputType type) => test.Name switch
    {
        "is" or "not" => type != InputType.Texts && Fits(test.Value, type) ? null : $"'{test.Name}' compares with {test.Value}",
        "in" => test.Value.ValueKind == JsonValueKind.Array && test.Value.EnumerateArray().All(x => Fits(x, type)) ? null : "'in' is no list of such values",
        "below" or "atMost" or "above" or "atLeast" =>
            type is InputType.Number or InputType.Date && Fits(test.Value, type) ? null : $"'{test.Name}' needs a number or a date",
        "contains" => type == InputType.Texts && test.Value.ValueKind == JsonValueKind.String ? null : "'contains' needs a list of texts",
        _ => $"'{test.Name}' is no operator",
    };

    private static bool Operator(string name, JsonElement with, InputType type, JsonElement value) => name switch
    {
        "is" => Same(with, type, value),
        "not" => !Same(with, type, value),
        "in" => with.EnumerateArray().Any(x => Same(x, type, value)),
        "below" => Compare(value, with, type) < 0,
        "atMost" => Compare(value, with, type) <= 0,
        "above" => Compare(value, with, type) > 0,
        "atLeast" => Compare(value, with, type) >= 0,
        "contains" => value.EnumerateArray().Any(x => x.GetString() == with.GetString()),
        _ => false,
    };

    private static bool Same(JsonElement left, InputType type, JsonElement right) => type switch
    {
        InputType.Boolean => left.GetBoolean() == right.GetBoolean(),
        InputType.Text => left.GetString() == right.GetString(),
        _ => Compare(left, right, type) == 0,
    };

    private static int Compare(JsonElement left, JsonElement right, InputType type) => type == InputType.Number
        ? left.GetDecimal().CompareTo(right.GetDecimal())
        : Date(left).CompareTo(Date(right));

    private static DateOnly Date(JsonElement value) => TryDate(value, out DateOnly day) ? day : default;

    private static bool TryDate(JsonElement value, out DateOnly day) =>
        DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
