using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Forms;

/// <summary>Fills a task's form as somebody would for whom nothing is unusual: the first choice, today, a plain word.</summary>
public static class InventedAnswers
{
    /// <summary>A hearing that can end today ends today; otherwise the first outcome is the drawn main road.</summary>
    public static string Outcome(IReadOnlyList<string> outcomes) => outcomes.Contains("Concluded") ? "Concluded" : outcomes[0];

    public static JsonObject Fields(Form? form, FormContext context)
    {
        JsonObject fields = [];
        foreach (var question in form?.Questions ?? [])
        {
            if (FormEvaluation.IsAsked(form!, question, fields, context) && (question.Required || question.Type == QuestionType.Results))
            {
                fields[question.Id] = question.Type == QuestionType.Results ? Results(form!, question, fields, context)
                    : question.Each is null ? Answer(question, context.Today)
                    : new JsonObject(context.Offences.Select(offence => KeyValuePair.Create(Number(offence), Answer(question, context.Today))));
            }
        }

        return fields;
    }

    private static JsonNode? Answer(Question question, DateOnly today) => question.Type switch
    {
        QuestionType.Radios or QuestionType.Select => question.Options![0].Value,
        QuestionType.Checkboxes => new JsonArray(question.Options![0].Value),
        QuestionType.Date => Day(Bounded(question, today)),
        QuestionType.Number => question.Min ?? 1,
        QuestionType.Money => "120.00",
        _ => "Noted for nobody in particular.",
    };

    private static DateOnly Bounded(Question question, DateOnly today) =>
        question.Earliest is { } earliest and not "today" && Parse(earliest) is var first && first > today ? first
        : question.Latest is { } latest and not "today" && Parse(latest) is var last && last < today ? last
        : question.Earliest == "today" ? today.AddDays(14)
        : today;

    private static JsonArray Results(Form form, Question question, JsonObject fields, FormContext context)
    {
        var checks = (form.Checks ?? []).Where(check => check.Question == question.Id && FormEvaluation.Applies(form, check.When, fields, context)).ToList();
        var refused = checks.Where(check => check.Kind == CheckKind.NoneOf).SelectMany(check => check.Codes ?? []).ToHashSet();
        var wanted = checks.Where(check => check.Kind is CheckKind.SomeOf or CheckKind.EveryOffenceHas).SelectMany(check => check.Codes ?? []).ToList();
        var wantsDisposal = checks.Any(check => check.Kind == CheckKind.OneFinalForEveryOffence);
        var options = question.Options!.Where(option => !refused.Contains(option.Value)).ToList();
        var first = options.OrderBy(option => wanted.IndexOf(option.Value) is var place and >= 0 ? place : int.MaxValue).ToList();
        var line = wantsDisposal
            ? options.First(option => option is { Category: "F", Level: "O" } && option.Value is not ("FCOMP" or "FCOST"))
            : first[0];
        return line.Level == "O"
            ? new JsonArray([.. context.Offences.Select(offence => Line(line, offence, context.Today))])
            : new JsonArray(Line(line, null, context.Today));
    }

    private static JsonObject Line(Option code, FormOffence? offence, DateOnly today)
    {
        JsonObject line = new() { ["code"] = code.Value };
        if (offence is not null)
        {
            line["offence"] = offence.Sequence;
        }

        foreach (var need in code.Needs ?? [])
        {
            line[need] = need switch
            {
                "amount" => "120.00",
                "duration" => "12 months",
                "date" => Day(today.AddDays(28)),
                _ => "Ordered for nobody in particular.",
            };
        }

        return line;
    }

    private static string Number(FormOffence offence) => offence.Sequence.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Parse(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
