using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Forms;

namespace Assize.Host.Wording;

/// <summary>What is wrong with a form's answers, said to the person who gave them: what to enter or choose. Systems get the API's own messages.</summary>
internal sealed class FormErrors(Form form, IReadOnlyList<TaskOffence> offences, JsonObject answers, DateOnly today)
{
    private const string Language = "en";
    private const string DayExample = "like 27 3 2026";

    public ApiFault Say(ApiFault fault) => fault with { Message = Message(fault) };

    private string Message(ApiFault fault)
    {
        string[] path = [.. fault.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part == "fields")];
        if (form.Questions.FirstOrDefault(question => question.Id == path.FirstOrDefault()) is not { } question)
        {
            return fault.Message;
        }

        return question.Type == QuestionType.Results
            ? ResultErrors.Message(form, question, fault, path)
            : fault.Code switch
            {
                "required" => Missing(question, About(question, path)),
                "offence-unknown" => "Choose one of the offences of this case",
                "offence-code-unknown" => $"{Name(question)} must be in the national list of offences, like TH68010",
                "invalid" => Wrong(question, path),
                _ => fault.Message,
            };
    }

    private static string Missing(Question question, string about) => question.Type switch
    {
        QuestionType.Date => $"Enter a date for {Name(question)}{about}, {DayExample}",
        QuestionType.Radios or QuestionType.Select or QuestionType.Checkboxes or QuestionType.Offence => $"Choose an answer to {Name(question)}{about}",
        _ when question.Label.In(Language).EndsWith('?') => $"Enter an answer to {Name(question)}{about}",
        _ => $"Enter {Name(question)}{about}",
    };

    private string Wrong(Question question, string[] path)
    {
        var name = Name(question) + About(question, path);
        var answer = path.Aggregate<string, JsonNode?>(answers, (node, step) => node is JsonObject members ? members[step] : null)?.ToString() ?? "";
        return question.Type switch
        {
            QuestionType.Date => Day(question, name, answer, today),
            QuestionType.Number => $"{name} must be a number{Between(question)}",
            QuestionType.Money => $"{name} must be an amount in pounds{Between(question)}, like 120 or 120.50",
            QuestionType.Text or QuestionType.Textarea when question.Pattern is not null && question.Hint is not null => $"{name} must be {question.Hint.In(Language)}",
            QuestionType.Text or QuestionType.Textarea => $"{name} must be shorter: it has {answer.Length} characters",
            _ => $"Choose an answer to {name}",
        };
    }

    public static string Day(Question question, string name, string answer, DateOnly today)
    {
        if (!DateOnly.TryParseExact(answer, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return $"{name} must be a real date, {DayExample}";
        }

        return Bound(question.Earliest, today) is { } earliest && day < earliest
            ? $"{name} must be {(question.Earliest == "today" ? "today or later" : $"on or after {London.LongDay(earliest)}")}"
            : $"{name} must be {(question.Latest == "today" ? "today or in the past" : $"on or before {question.Latest}")}";
    }

    private static DateOnly? Bound(string? said, DateOnly today) => said switch
    {
        null => null,
        "today" => today,
        _ => DateOnly.ParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private string About(Question question, string[] path) => question.Each is not null && path.Length > 1
        && offences.FirstOrDefault(offence => offence.Sequence.ToString(CultureInfo.InvariantCulture) == path[1]) is { } offence
            ? $" for {offence.Sequence}. {offence.Title}"
            : "";

    private static string Name(Question question) => $"‘{question.Label.In(Language)}’";

    private static string Between(Question question) => (question.Min, question.Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $" from {min} to {max}"),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $" of {min} or more"),
        (null, { } max) => string.Create(CultureInfo.InvariantCulture, $" of {max} or less"),
        _ => "",
    };
}
