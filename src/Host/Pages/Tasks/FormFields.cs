using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Workflows.Forms;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Pages.Tasks;

/// <summary>A form as GOV.UK components, without script: every question the outcome may ask is there, and says when it need not be answered.</summary>
internal sealed class FormFields(Form form, string outcome, IReadOnlyList<TaskOffence> offences, JsonObject answers, IReadOnlyList<ApiFault> faults)
{
    private const int SpareLines = 2;

    /// <summary>"en" or "cy"; a text without Welsh is shown in English.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The questions that this outcome asks, conditions on other questions set aside: those are said in words.</summary>
    public IEnumerable<Question> Asked => form.Questions.Where(question => question.When?.Outcome is not { } outcomes || outcomes.Contains(outcome));

    public IHtmlContent Render() => All(Asked.Select(Render));

    /// <summary>Where a problem's link lands: "/fields/plea/1" is the input plea.1.</summary>
    public string FieldId(string pointer)
    {
        var name = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part == "fields").ToArray();
        var question = form.Questions.FirstOrDefault(question => question.Id == name.FirstOrDefault());
        var id = string.Join('.', name);
        return question?.Type switch
        {
            QuestionType.Date => id + "-day",
            QuestionType.Results when name.Length == 1 => $"{id}.0.code",
            QuestionType.Results when name[^1] == "date" => id + "-day",
            _ when question?.Each is not null && name.Length == 1 => $"{id}.{(offences.Count > 0 ? offences[0].Sequence : 0)}",
            _ => id,
        };
    }

    private IHtmlContent Render(Question question)
    {
        if (question.Type == QuestionType.Results)
        {
            return Results(question);
        }

        if (question.Type == QuestionType.Offence)
        {
            return Inputs.Radios(
                FieldOf(question, question.Id, question.Label.In(Language)),
                [.. offences.Select(offence => new Choice(offence.Name, $"{offence.DefendantName}: {offence.Sequence}. {offence.Title}", offence.Code))], Said(answers[question.Id]));
        }

        return question.Each is null
            ? One(question, FieldOf(question, question.Id, question.Label.In(Language)), answers[question.Id])
            : All(offences.Select(offence =>
            {
                var name = $"{question.Id}.{offence.Sequence}";
                return One(question, FieldOf(question, name, $"{question.Label.In(Language)}: {offence.Sequence}. {offence.Title}"), answers[question.Id]?[Number(offence.Sequence)]);
            }));
    }

    private Field FieldOf(Question question, string name, string label) => new(name, label)
    {
        Hint = string.Join(' ', new[] { Condition(question), question.Required ? null : "Optional.", question.Hint?.In(Language) }.OfType<string>()) is { Length: > 0 } hint ? hint : null,
        Error = ErrorOf(name),
        LabelClass = question.Type is QuestionType.Radios or QuestionType.Checkboxes or QuestionType.Date or QuestionType.Offence ? "govuk-fieldset__legend--s" : "govuk-label--s",
    };

    private IHtmlContent One(Question question, Field field, JsonNode? value) => question.Type switch
    {
        QuestionType.Textarea => Inputs.Textarea(field, Said(value)),
        QuestionType.Radios => Inputs.Radios(field, Choices(question), Said(value)),
        QuestionType.Checkboxes => Inputs.Checkboxes(field, Choices(question), value is JsonArray list ? [.. list.Select(item => Said(item) ?? "")] : []),
        QuestionType.Select => Inputs.Select(field, [new Choice("", "Choose one"), .. Choices(question)], Said(value)),
        QuestionType.Date => Inputs.Date(field, DayText.Of(Said(value))),
        QuestionType.Number => Inputs.TextInput(field, Said(value), "width-5", "numeric"),
        QuestionType.Money => Inputs.TextInput(field, Said(value), "width-5", "decimal", "£"),
        _ => Inputs.TextInput(field, Said(value)),
    };

    private IHtmlContent Results(Question question)
    {
        var lines = (answers[question.Id] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var count = Math.Max(lines.Count + SpareLines, Math.Max(2, offences.Count));
        return All([
            Element("h2", "govuk-heading-m", Text(question.Label.In(Language))).With("id", question.Id),
            question.Hint is null ? null : Element("p", "govuk-hint", Text(question.Hint.In(Language))),
            Error(question.Id),
            .. Enumerable.Range(0, count).Select(index => Line(question, index, lines.ElementAtOrDefault(index))),
        ]);
    }

    private TagBuilder Line(Question question, int index, JsonObject? line)
    {
        var name = $"{question.Id}.{index}";
        Choice[] codes = [new("", index == 0 ? "Choose a result" : "No further result"),
            .. question.Options!.Select(option => new Choice(option.Value, option.Label.In(Language) + Needs(option)))];
        Choice[] about = [new("", "The defendant"), .. offences.Select(offence => new Choice(Number(offence.Sequence), $"{offence.Sequence}. {offence.Title}"))];
        return Element("fieldset", "govuk-fieldset assize-line",
            Element("legend", "govuk-fieldset__legend govuk-fieldset__legend--s", Text($"Result {index + 1}")),
            Inputs.Select(new Field($"{name}.code", "Result") { Error = ErrorOf($"{name}.code") }, codes, Said(line?["code"])),
            Inputs.Select(new Field($"{name}.offence", "For") { Error = ErrorOf($"{name}.offence") }, about, line?["offence"]?.ToString()),
            Element("div", "assize-line__short",
                Inputs.TextInput(new Field($"{name}.amount", "Amount") { Hint = "Like 120 or 120.50", Error = ErrorOf($"{name}.amount") }, Said(line?["amount"]), "width-5", "decimal", "£"),
                Inputs.TextInput(new Field($"{name}.duration", "How long") { Hint = "Like 12 weeks", Error = ErrorOf($"{name}.duration") }, Said(line?["duration"]), "width-10"),
                Inputs.Date(new Field($"{name}.date", "Date") { Hint = "Like 27 3 2026", Error = ErrorOf($"{name}.date") }, DayText.Of(Said(line?["date"])))),
            Inputs.TextInput(new Field($"{name}.text", "Wording") { Error = ErrorOf($"{name}.text") }, Said(line?["text"])));
    }

    private string? Condition(Question question) => question.When is { Question: { } other, Is: { } values }
        && form.Questions.FirstOrDefault(asked => asked.Id == other) is { } on
        ? $"Answer only if ‘{on.Label.In(Language)}’ is {string.Join(" or ", values.Select(value => on.Options?.FirstOrDefault(option => option.Value == value)?.Label.In(Language) ?? value))}."
        : null;

    private static string Needs(Option option) => option.Needs is { Count: > 0 } needs
        ? $" (needs {string.Join(", ", needs.Select(need => need switch { "duration" => "how long", "date" => "a day", "text" => "wording", _ => "an amount" }))})"
        : "";

    private TagBuilder? Error(string name) => ErrorOf(name) is { } error ? Element("p", "govuk-error-message", Text(error)) : null;

    private string? ErrorOf(string name) => faults.FirstOrDefault(fault => fault.Pointer.Replace("/fields/", "", StringComparison.Ordinal).Replace('/', '.') == name)?.Message;

    private IReadOnlyList<Choice> Choices(Question question) =>
        [.. question.Options!.Select(option => new Choice(option.Value, option.Label.In(Language), option.Hint?.In(Language)))];

    private static string? Said(JsonNode? value) => value?.ToString();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
