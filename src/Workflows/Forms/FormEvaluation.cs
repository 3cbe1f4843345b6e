using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Forms;

/// <summary>Checks the fields of a task against its form. Pure. Answers to questions that are not asked are dropped: a page without script sends them too.</summary>
public static class FormEvaluation
{
    public static FormAnswers Check(Form form, JsonObject fields, FormContext context)
    {
        JsonObject accepted = [];
        List<FieldProblem> problems =
            [.. fields.Select(x => x.Key).Where(id => form.Questions.All(x => x.Id != id))
                .Select(id => new FieldProblem("/" + id, "field-unknown", $"Expected fields of form {form.Id} {form.Version}, but '{id}' is none of them."))];
        foreach (Question question in form.Questions.Where(x => IsAsked(form, x, fields, context)))
        {
            Answer(question, fields[question.Id], context, accepted, problems);
        }
        if (problems.Count == 0)
        {
            problems.AddRange(ResultChecks.Of(form, accepted, context));
        }
        return new FormAnswers(accepted, problems);
    }

    public static bool IsAsked(Form form, Question question, JsonObject fields, FormContext context) =>
        Applies(form, question.When, fields, context);

    public static bool Applies(Form form, Showing? when, JsonObject fields, FormContext context)
    {
        if (when is null)
        {
            return true;
        }
        if (when.Outcome is { } outcomes && !outcomes.Contains(context.Outcome))
        {
            return false;
        }
        if (when.Question is not { } id)
        {
            return true;
        }
        Question asked = form.Questions.First(x => x.Id == id);
        return IsAsked(form, asked, fields, context) && Values(fields[id]).Intersect(when.Is ?? []).Any();
    }

    private static IEnumerable<string> Values(JsonNode? answer) => answer switch
    {
        JsonArray list => list.Select(x => x?.ToString() ?? ""),
        JsonObject each => each.Select(x => x.Value?.ToString() ?? ""),
        null => [],
        _ => [answer.ToString()],
    };

    private static void Answer(Question question, JsonNode? answer, FormContext context, JsonObject accepted, List<FieldProblem> problems)
    {
        if (question.Type == QuestionType.Results)
        {
            Keep(question.Id, ResultLines.Check(question, answer, context, problems), accepted);
        }
        else if (question.Type == QuestionType.Offence)
        {
            Keep(question.Id, AnswerCheck.OfCharge(question, answer, "/" + question.Id, context, problems), accepted);
        }
        else if (question.Each is null)
        {
            Keep(question.Id, AnswerCheck.Of(question, answer, "/" + question.Id, context.Today, problems), accepted);
        }
        else
        {
            Keep(question.Id, EachOffence(question, answer, context, problems), accepted);
        }
    }

    private static JsonObject? EachOffence(Question question, JsonNode? answer, FormContext context, List<FieldProblem> problems)
    {
        if (answer is not (null or JsonObject))
        {
            problems.Add(new FieldProblem("/" + question.Id, "field-mistyped", "Expected an object with an answer by offence number, but it is none."));
            return null;
        }
        JsonObject each = [];
        JsonObject given = answer as JsonObject ?? [];
        foreach (string stray in given.Select(x => x.Key).Where(key => context.Offences.All(x => Text(x.Sequence) != key)))
        {
            problems.Add(new FieldProblem($"/{question.Id}/{stray}", "offence-unknown", $"Expected a number of one of the defendant's offences, but there is no offence {stray}."));
        }
        foreach (string number in context.Offences.Select(x => Text(x.Sequence)))
        {
            Keep(number, AnswerCheck.Of(question, given[number], $"/{question.Id}/{number}", context.Today, problems), each);
        }
        return each;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Keep(string id, JsonNode? value, JsonObject into)
    {
        if (value is not null)
        {
            into[id] = value;
        }
    }
}
