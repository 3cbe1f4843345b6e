using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Components;

/// <summary>GOV.UK Frontend's components that show rather than ask.</summary>
public static class Show
{
    public static IHtmlContent? ErrorSummary(string title, IReadOnlyList<Fault> faults) => faults.Count == 0 ? null :
        Element("div", "govuk-error-summary", Element("div", null,
            Element("h2", "govuk-error-summary__title", Text(title)),
            Element("div", "govuk-error-summary__body", Element("ul", "govuk-list govuk-error-summary__list",
                All(faults.Select(fault => Element("li", null,
                    fault.FieldId is null ? Text(fault.Message) : Element("a", null, Text(fault.Message)).With("href", "#" + fault.FieldId)))))))
            .With("role", "alert")).With("data-module", "govuk-error-summary");

    public static IHtmlContent SummaryList(params IReadOnlyList<Row?> rows) => Element("dl", "govuk-summary-list",
        All(rows.OfType<Row>().Select(row => Element("div", row.Action is null && rows.Any(x => x?.Action is not null)
                ? "govuk-summary-list__row govuk-summary-list__row--no-actions" : "govuk-summary-list__row",
            Element("dt", "govuk-summary-list__key", Text(row.Key)),
            Element("dd", "govuk-summary-list__value", row.Value),
            row.Action is null ? null : Element("dd", "govuk-summary-list__actions",
                Element("a", "govuk-link", Text(row.Action.Text), Element("span", "govuk-visually-hidden", Text(" " + row.Action.About)))
                    .With("href", row.Action.Href))))));

    /// <param name="colour">One of the package's modifiers, such as <c>green</c>; null is the plain tag.</param>
    public static IHtmlContent Tag(string text, string? colour = null) =>
        Element("strong", colour is null ? "govuk-tag" : $"govuk-tag govuk-tag--{colour}", Text(text));

    /// <param name="link">Where what was done can be seen, and a text for it.</param>
    public static IHtmlContent Success(string message, (string Href, string Text)? link = null) => Element("div", "govuk-notification-banner govuk-notification-banner--success",
        Element("div", "govuk-notification-banner__header",
            Element("h2", "govuk-notification-banner__title", Text(Phrases.Of("Success"))).With("id", "govuk-notification-banner-title")),
        Element("div", "govuk-notification-banner__content", Element("p", "govuk-notification-banner__heading", Text(message)),
            link is { } to ? Element("p", "govuk-body", Element("a", "govuk-notification-banner__link", Text(to.Text)).With("href", to.Href)) : null))
        .With("role", "alert").With("aria-labelledby", "govuk-notification-banner-title").With("data-module", "govuk-notification-banner");

    public static IHtmlContent Warning(string message) => Element("div", "govuk-warning-text",
        Element("span", "govuk-warning-text__icon", Text("!")).With("aria-hidden", "true"),
        Element("strong", "govuk-warning-text__text", Element("span", "govuk-visually-hidden", Text(Phrases.Of("Warning"))), Text(message)));

    /// <summary>Only forward: keyset pages have no numbers, and the browser's Back goes back.</summary>
    public static IHtmlContent? NextPage(string? href) => href is null ? null : Element("nav", "govuk-pagination",
        Element("div", "govuk-pagination__next", Element("a", "govuk-link govuk-pagination__link",
            Element("span", "govuk-pagination__link-title", Text(Phrases.Of("Next")), Element("span", "govuk-visually-hidden", Text(" " + Phrases.Of("page")))))
            .With("href", href).With("rel", "next"))).With("aria-label", Phrases.Of("Pagination"));
}

/// <summary>One line of the error summary; the id is the input's it is about.</summary>
public sealed record Fault(string? FieldId, string Message);

/// <summary>One row of a summary list.</summary>
public sealed record Row(string Key, IHtmlContent Value, RowAction? Action = null)
{
    public static Row Of(string key, string? value) => new(key, Text(string.IsNullOrWhiteSpace(value) ? Phrases.Of("Not known") : value));

    public static Row? IfKnown(string key, string? value) => string.IsNullOrWhiteSpace(value) ? null : Of(key, value);
}

public sealed record RowAction(string Text, string About, string Href);
