using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Components;

/// <summary>What every input of a form has: a name, a label, a hint and, after a refused post, an error.</summary>
public sealed record Field(string Name, string Label)
{
    public string Id { get; init; } = Name;
    public string? Hint { get; init; }
    public string? Error { get; init; }

    /// <summary>Extra classes of the label or legend, such as <c>govuk-label--m</c>.</summary>
    public string? LabelClass { get; init; }

    internal string? DescribedBy =>
        string.Join(' ', new[] { Hint is null ? null : $"{Id}-hint", Error is null ? null : $"{Id}-error" }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    internal TagBuilder Group(params IReadOnlyList<IHtmlContent?> children) =>
        Element("div", Error is null ? "govuk-form-group" : "govuk-form-group govuk-form-group--error", children);

    internal TagBuilder LabelTag() => Element("label", Classes("govuk-label", LabelClass), Text(Label)).With("for", Id);

    internal TagBuilder? HintTag() => Hint is null ? null : Element("div", "govuk-hint", Text(Hint)).With("id", $"{Id}-hint");

    internal TagBuilder? ErrorTag() => Error is null ? null : Element("p", "govuk-error-message",
        Element("span", "govuk-visually-hidden", Text(Phrases.Of("Error:"))), Text(" " + Error)).With("id", $"{Id}-error");

    internal TagBuilder Fieldset(params IReadOnlyList<IHtmlContent?> children) => Element("fieldset", "govuk-fieldset",
        [Element("legend", Classes("govuk-fieldset__legend", LabelClass), Text(Label)), HintTag(), ErrorTag(), .. children])
        .With("aria-describedby", DescribedBy);

    internal string WithError(string css) => Error is null ? css : $"{css} {css.Split(' ')[0]}--error";

    internal static string Classes(string always, string? more) => more is null ? always : $"{always} {more}";
}

/// <summary>A choice of radios, checkboxes or a select.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);
