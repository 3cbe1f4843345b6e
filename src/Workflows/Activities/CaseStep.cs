using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Stepping;
using Assize.Workflows.Calendars;

namespace Assize.Workflows.Activities;

/// <summary>What case activities read from their instance: the case, its agencies and its dates.</summary>
internal static class CaseStep
{
    public const string DefaultCalendar = "england-and-wales";

    private static readonly TimeOnly s_endOfDay = new(23, 59);

    public static string? CaseId(this IStep step) => Text(step.WorkflowInput("caseId"));

    public static string? DefendantId(this IStep step) => Text(step.WorkflowInput("defendant")?["id"]);

    public static string? SubmissionId(this IStep step) => Text(step.WorkflowInput("submissionId"));

    /// <summary>The hearing that the case or defendant is at or going to.</summary>
    public static string? HearingId(this IStep step) => Text(step.Variable("HearingId")) ?? Text(step.WorkflowInput("hearingId"));

    /// <summary>The agency that plays a part in this case, or the agency of that very id.</summary>
    public static string Agency(this IStep step, string part) =>
        part.Length == 0 ? "" : Text((step.WorkflowInput("agencies") as JsonObject)?[part]) ?? part;

    public static bool Ticked(this IStep step, string input) => step.Input(input) switch
    {
        JsonValue value when value.TryGetValue(out bool yes) => yes,
        JsonValue value when value.TryGetValue(out string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    public static WorkingCalendar Calendar(this IStep step) =>
        step.Resource<WorkingCalendar>("calendar", step.Text("calendar") is { Length: > 0 } named ? named : DefaultCalendar);

    /// <summary>The day that a rule like "2 working days before hearing" comes to.</summary>
    public static DateOnly Day(this IStep step, DateRule rule, WorkingCalendar calendar) => rule.Apply(step.Anchor(rule.Anchor, calendar), calendar);

    /// <summary>The instant at which the day that the rule comes to is over; null where the input is empty.</summary>
    public static DateTimeOffset? EndOfDay(this IStep step, string input)
    {
        if (step.Text(input) is not { Length: > 0 } text)
        {
            return null;
        }
        WorkingCalendar calendar = step.Calendar();
        return calendar.At(step.Day(DateRule.Parse(text), calendar), s_endOfDay);
    }

    public static DateTimeOffset? StartOfDay(this IStep step, string input)
    {
        if (step.Text(input) is not { Length: > 0 } text)
        {
            return null;
        }
        WorkingCalendar calendar = step.Calendar();
        return calendar.At(step.Day(DateRule.Parse(text), calendar), TimeOnly.MinValue);
    }

    public static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static DateOnly Anchor(this IStep step, string name, WorkingCalendar calendar)
    {
        JsonNode? value = name switch
        {
            "now" => null,
            "hearing" => step.Variable("HearingStartsAt") ?? step.WorkflowInput("hearingStartsAt"),
            "charge" => step.WorkflowInput("legalDate"),
            _ => step.Variable(name) ?? step.WorkflowInput(name),
        };
        if (name == "now")
        {
            return calendar.DayOf(step.Now);
        }
        string? text = Text(value);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return day;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? calendar.DayOf(instant)
            : throw new FormatException($"Expected the case to have a date called '{name}', but it is {text ?? "absent"}.");
    }
}
