using System.Globalization;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Components;

/// <summary>GOV.UK Frontend's form components; a test compares them with the markup that package publishes.</summary>
public static class Inputs
{
    /// <param name="width">A modifier such as <c>width-10</c>.</param>
    public static IHtmlContent TextInput(Field field, string? value, string? width = null, string? inputMode = null, string? prefix = null)
    {
        var input = Void("input", Field.Classes(field.WithError("govuk-input"), width is null ? null : $"govuk-input--{width}"))
            .With("id", field.Id).With("name", field.Name).With("type", "text").With("inputmode", inputMode)
            .With("aria-describedby", field.DescribedBy).With("value", value);
        IHtmlContent wrapped = prefix is null ? input : Element("div", "govuk-input__wrapper",
            Element("div", "govuk-input__prefix", Text(prefix)).With("aria-hidden", "true"), input);
        return field.Group(field.LabelTag(), field.HintTag(), field.ErrorTag(), wrapped);
    }

    public static IHtmlContent Textarea(Field field, string? value, int rows = 5) => field.Group(field.LabelTag(), field.HintTag(), field.ErrorTag(),
        Element("textarea", field.WithError("govuk-textarea"), Text(value))
            .With("id", field.Id).With("name", field.Name).With("rows", rows.ToString(CultureInfo.InvariantCulture)).With("aria-describedby", field.DescribedBy));

    public static IHtmlContent Select(Field field, IEnumerable<Choice> choices, string? chosen) => field.Group(field.LabelTag(), field.HintTag(), field.ErrorTag(),
        Element("select", field.WithError("govuk-select"),
            All(choices.Select(choice => Element("option", null, Text(choice.Label)).With("value", choice.Value).Flag("selected", choice.Value == chosen))))
            .With("id", field.Id).With("name", field.Name).With("aria-describedby", field.DescribedBy));

    public static IHtmlContent Radios(Field field, IReadOnlyList<Choice> choices, string? chosen) =>
        Items("radio", field, choices, value => value == chosen);

    public static IHtmlContent Checkboxes(Field field, IReadOnlyList<Choice> choices, IReadOnlyCollection<string> chosen) =>
        Items("checkbox", field, choices, chosen.Contains);

    /// <summary>A box in a table's row: what it is for is seen in its row, and read out.</summary>
    /// <param name="isFirst">It carries the group's id, where the error summary's link lands.</param>
    public static IHtmlContent Pick(string name, string value, string label, bool isChosen, bool isFirst)
    {
        var id = isFirst ? name : $"{name}-{value.Replace(' ', '_')}";
        return Element("div", "govuk-checkboxes govuk-checkboxes--small", Element("div", "govuk-checkboxes__item",
            Void("input", "govuk-checkboxes__input").With("id", id).With("name", name).With("type", "checkbox").With("value", value).Flag("checked", isChosen),
            Element("label", "govuk-label govuk-checkboxes__label", Element("span", "govuk-visually-hidden", Text(label))).With("for", id)));
    }

    private static TagBuilder Items(string type, Field field, IReadOnlyList<Choice> choices, Func<string, bool> isChosen)
    {
        var css = type == "radio" ? "govuk-radios" : "govuk-checkboxes";
        var items = choices.Select((choice, index) =>
        {
            // The first item carries the group's id: it is where the error summary's link lands.
            var id = index == 0 ? field.Id : $"{field.Id}-{index + 1}";
            var hintId = choice.Hint is null ? null : $"{id}-item-hint";
            return Element("div", $"{css}__item",
                Void("input", $"{css}__input").With("id", id).With("name", field.Name).With("type", type).With("value", choice.Value)
                    .Flag("checked", isChosen(choice.Value)).With("aria-describedby", hintId),
                Element("label", $"govuk-label {css}__label", Text(choice.Label)).With("for", id),
                choice.Hint is null ? null : Element("div", $"govuk-hint {css}__hint", Text(choice.Hint)).With("id", hintId));
        });
        return field.Group(field.Fieldset(Element("div", css, All(items)).With("data-module", css)));
    }

    public static IHtmlContent Date(Field field, DayText value)
    {
        var parts = new[] { ("day", Phrases.Of("Day"), value.Day, 2), ("month", Phrases.Of("Month"), value.Month, 2), ("year", Phrases.Of("Year"), value.Year, 4) };
        var items = parts.Select(part => Element("div", "govuk-date-input__item", Element("div", "govuk-form-group",
            Element("label", "govuk-label govuk-date-input__label", Text(part.Item2)).With("for", $"{field.Id}-{part.Item1}"),
            Void("input", Field.Classes(field.WithError($"govuk-input govuk-date-input__input"), $"govuk-input--width-{part.Item4}"))
                .With("id", $"{field.Id}-{part.Item1}").With("name", $"{field.Name}-{part.Item1}").With("type", "text").With("inputmode", "numeric")
                .With("value", part.Item3))));
        return field.Group(field.Fieldset(Element("div", "govuk-date-input", All(items)).With("id", field.Id)).With("role", "group"));
    }
}

/// <summary>A day as three boxes hold it; what was typed is kept, right or wrong.</summary>
public sealed record DayText(string? Day, string? Month, string? Year)
{
    public static DayText Empty { get; } = new(null, null, null);

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    /// <summary>As the API takes it (2026-03-27); what is no day comes out as it was typed, to be refused with its reason.</summary>
    public string Iso => Number(Day) is { } day && Number(Month) is { } month && Number(Year) is { } year
        ? string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}")
        : $"{Day}/{Month}/{Year}";

    /// <summary>Null where it is no day.</summary>
    public DateOnly? AsDay =>
        DateOnly.TryParseExact(Iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static DayText Of(string? said) => said?.Split('-') is [var year, var month, var day] ? new DayText(day.TrimStart('0'), month.TrimStart('0'), year.TrimStart('0'))
        : said?.Split('/') is [var first, var second, var third] ? new DayText(first, second, third)
        : Empty;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
