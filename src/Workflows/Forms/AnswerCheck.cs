using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assize.Workflows.Forms;

/// <summary>Checks one answer and gives it back in its canonical shape, or null where it is absent or wrong.</summary>
internal static class AnswerCheck
{
    private const int LongestText = 500;
    private const int LongestTextarea = 4000;

    public static JsonNode? Of(Question question, JsonNode? answer, string pointer, DateOnly today, List<FieldProblem> problems)
    {
        if (IsEmpty(answer))
        {
            if (question.Required)
            {
                problems.Add(new FieldProblem(pointer, "required", $"Expected an answer to \u2018{question.Label.En}\u2019, but there is none."));
            }
            return null;
        }
        (JsonNode? value, string? problem) = question.Type switch
        {
            QuestionType.Checkboxes => Checked(question, answer!),
            QuestionType.Radios or QuestionType.Select => Chosen(question, answer!),
            QuestionType.Date => Day(question, answer!, today),
            QuestionType.Number => Number(question, answer!),
            QuestionType.Money => Money(question, answer!),
            _ => Written(question, answer!),
        };
        if (problem is not null)
        {
            problems.Add(new FieldProblem(pointer, "invalid", problem));
        }
        return value;
    }

    public static JsonNode? OfCharge(Question question, JsonNode? answer, string pointer, FormContext context, List<FieldProblem> problems)
    {
        if (IsEmpty(answer) || context.Charges?.Contains(Text(answer) ?? "") == true)
        {
            return Of(question, answer, pointer, context.Today, problems);
        }
        problems.Add(new FieldProblem(pointer, "offence-unknown", $"Expected one of the offences {string.Join(", ", context.Charges ?? [])}, but it is \u2018{answer}\u2019."));
        return null;
    }

    public static bool IsEmpty(JsonNode? answer) =>
        answer is null || (answer is JsonArray { Count: 0 }) || (answer.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(answer.GetValue<string>()));

    public static (JsonNode? Value, string? Problem) Money(Question question, JsonNode answer) =>
        Text(answer) is { } text && Regex.IsMatch(text, @"^\d{1,9}(\.\d{2})?$") && decimal.Parse(text, CultureInfo.InvariantCulture) is var amount && Within(question, amount)
            ? (JsonValue.Create(amount.ToString("0.00", CultureInfo.InvariantCulture)), null)
            : (null, $"Expected an amount in pounds like 120 or 120.50{Bounds(question)}, but it is \u2018{answer}\u2019.");

    public static (JsonNode? Value, string? Problem) Number(Question question, JsonNode answer) =>
        answer.GetValueKind() == JsonValueKind.Number && decimal.TryParse(answer.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && Within(question, number)
            ? (JsonValue.Create(number), null)
            : (null, $"Expected a number{Bounds(question)}, but it is \u2018{answer}\u2019.");

    public static (JsonNode? Value, string? Problem) Day(Question question, JsonNode answer, DateOnly today)
    {
        if (Text(answer) is not { } text || !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return (null, $"Expected a day that exists, like 2026-03-27, but it is \u2018{answer}\u2019.");
        }
        if (Bound(question.Earliest, today) is { } earliest && day < earliest)
        {
            return (null, $"Expected a day on or after {earliest:d MMMM yyyy}, but it is {day:d MMMM yyyy}.");
        }
        return Bound(question.Latest, today) is { } latest && day > latest
            ? (null, $"Expected a day on or before {latest:d MMMM yyyy}, but it is {day:d MMMM yyyy}.")
            : (JsonValue.Create(text), null);
    }

    public static (JsonNode? Value, string? Problem) Written(Question question, JsonNode answer)
    {
        int longest = question.MaxLength ?? (question.Type == QuestionType.Text ? LongestText : LongestTextarea);
        if (Text(answer)?.Trim() is not { } text)
        {
            return (null, "Expected text, but it is something else.");
        }
        if (text.Length > longest)
        {
            return (null, $"Expected at most {longest} characters, but there are {text.Length}.");
        }
        return question.Pattern is not null && !Regex.IsMatch(text, question.Pattern, RegexOptions.NonBacktracking)
            ? (null, $"Expected {question.Hint?.En ?? "an answer of the right form"}, but it is \u2018{text}\u2019.")
            : (JsonValue.Create(text), null);
    }

    private static (JsonNode? Value, string? Problem) Chosen(Question question, JsonNode answer) =>
        question.Options!.FirstOrDefault(x => x.Value == Text(answer)) is { } option
            ? (JsonValue.Create(option.Value), null)
            : (null, $"Expected one of {Values(question)}, but it is \u2018{answer}\u2019.");

    private static (JsonNode? Value, string? Problem) Checked(Question question, JsonNode answer)
    {
        string[] given = answer is JsonArray list ? [.. list.Select(x => Text(x) ?? "")] : [Text(answer) ?? ""];
        string? stray = given.FirstOrDefault(x => question.Options!.All(option => option.Value != x));
        return stray is null
            ? (new JsonArray([.. question.Options!.Where(x => given.Contains(x.Value)).Select(x => JsonValue.Create(x.Value))]), null)
            : (null, $"Expected some of {Values(question)}, but \u2018{stray}\u2019 is none of them.");
    }

    private static string Values(Question question) => string.Join(", ", question.Options!.Select(x => x.Value));

    private static string? Text(JsonNode? answer) => answer?.GetValueKind() == JsonValueKind.String ? answer.GetValue<string>() : null;

    private static DateOnly? Bound(string? said, DateOnly today) => said switch
    {
        null => null,
        "today" => today,
        _ => DateOnly.ParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static bool Within(Question question, decimal number) => !(number < question.Min) && !(number > question.Max);

    private static string Bounds(Question question) => (question.Min, question.Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $" between {min} and {max}"),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {min}"),
        (null, { } max) => string.Create(CultureInfo.InvariantCulture, $" of at most {max}"),
        _ => "",
    };
}
