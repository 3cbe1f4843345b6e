using System.Text.RegularExpressions;

namespace Assize.Workflows.Forms;

internal static partial class FormProblems
{
    private static readonly string[] s_needs = ["amount", "duration", "date", "text"];

    public static IEnumerable<string> Of(Form form) =>
        [.. form.Questions.GroupBy(x => x.Id).Where(x => x.Count() > 1).Select(x => $"Expected each question once, but '{x.Key}' is there {x.Count()} times."),
         .. form.Questions.SelectMany(x => OfQuestion(form, x)),
         .. (form.Checks ?? []).SelectMany(x => OfCheck(form, x)),
         .. (form.Updates ?? []).SelectMany(x => OfUpdate(form, x))];

    private static IEnumerable<string> OfQuestion(Form form, Question question)
    {
        bool choosing = question.Type is QuestionType.Radios or QuestionType.Checkboxes or QuestionType.Select or QuestionType.Results;
        if (!QuestionId().IsMatch(question.Id))
        {
            yield return $"Expected a question id of letters and digits beginning with a small letter, but it is '{question.Id}'.";
        }
        if (choosing != question.Options is { Count: > 0 })
        {
            yield return choosing ? $"Expected options for question '{question.Id}', but it has none." : $"Expected no options for question '{question.Id}', but it has some.";
        }
        if (question.Each is not (null or "offence") || (question.Each is not null && question.Type is QuestionType.Checkboxes or QuestionType.Results))
        {
            yield return $"Expected 'each' of question '{question.Id}' to be \"offence\" on a question with one answer, but it is '{question.Each}' on {question.Type}.";
        }
        if (question.Pattern is not null && PatternProblem(question.Pattern) is { } broken)
        {
            yield return $"Expected a regular expression for question '{question.Id}', but {broken}.";
        }
        foreach (string need in (question.Options ?? []).SelectMany(x => x.Needs ?? []).Except(s_needs))
        {
            yield return $"Expected result lines of '{question.Id}' to need {string.Join(", ", s_needs)}, but one needs '{need}'.";
        }
        foreach (string problem in OfShowing(form, question.When, $"question '{question.Id}'"))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> OfCheck(Form form, FormCheck check)
    {
        if (form.Questions.FirstOrDefault(x => x.Id == check.Question)?.Type != QuestionType.Results)
        {
            yield return $"Expected a check of result lines, but '{check.Question}' asks for none.";
        }
        foreach (string problem in OfShowing(form, check.When, $"check {check.Kind}"))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> OfUpdate(Form form, CaseUpdate update)
    {
        if (!CaseUpdateTargets.All.Contains(update.Set))
        {
            yield return $"Expected an update of {string.Join(", ", CaseUpdateTargets.All)}, but it is '{update.Set}'.";
        }
        if ((update.From is null) == (update.Value is null))
        {
            yield return $"Expected either 'from' or 'value' for the update of '{update.Set}', but there are {(update.From is null ? "none" : "both")}.";
        }
        foreach (string problem in OfNamedOffence(form, update))
        {
            yield return problem;
        }
        if (update.From is not null && form.Questions.All(x => x.Id != update.From))
        {
            yield return $"Expected the update of '{update.Set}' to come from a question, but '{update.From}' is none.";
        }
        foreach (string problem in OfShowing(form, update.When, $"update of '{update.Set}'"))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> OfNamedOffence(Form form, CaseUpdate update)
    {
        bool naming = update.Set is CaseUpdateTargets.OffenceLaid or CaseUpdateTargets.OffenceWithdrawn;
        if (naming && form.Questions.FirstOrDefault(x => x.Id == update.From)?.Type != QuestionType.Offence)
        {
            yield return $"Expected the update of '{update.Set}' to come from a question of type offence, but '{update.From}' is none.";
        }
        if ((update.Set == CaseUpdateTargets.OffenceLaid) != (update.With?.ContainsKey("code") == true))
        {
            yield return $"Expected 'with' to name the question for the code of an offence that is laid, and only there, but see the update of '{update.Set}'.";
        }
        foreach ((string member, string question) in update.With ?? new Dictionary<string, string>())
        {
            if (member is not ("code" or "wording" or "startDate") || form.Questions.All(x => x.Id != question))
            {
                yield return $"Expected 'with' to say which question holds code, wording or startDate, but '{member}' comes from '{question}'.";
            }
        }
    }

    private static IEnumerable<string> OfShowing(Form form, Showing? when, string where)
    {
        if (when?.Question is { } asked && form.Questions.All(x => x.Id != asked))
        {
            yield return $"Expected the condition of {where} to name a question, but '{asked}' is none.";
        }
        if (when is not null && (when.Question is null) != (when.Is is null))
        {
            yield return $"Expected 'question' and 'is' together in the condition of {where}, but one is missing.";
        }
    }

    private static string? PatternProblem(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            return broken.Message;
        }
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex QuestionId();
}
