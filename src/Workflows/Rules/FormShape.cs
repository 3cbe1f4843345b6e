using System.Text.Json.Nodes;
using Assize.Workflows.Forms;
using static Assize.Workflows.Rules.RuleFieldKind;

namespace Assize.Workflows.Rules;

internal static class FormShape
{
    private static readonly RuleField s_outcome = new("when.outcome", "Only for these outcomes of the task", Lines) { Hint = "One on each line. Empty: for every outcome." };
    private static readonly RuleField s_question = new("when.question", "Only if this question", Choice) { Offered = Questions };
    private static readonly RuleField s_is = new("when.is", "is answered with one of", Lines) { Hint = "Values, one on each line." };

    public static RuleShape Shape { get; } = new(
        RuleName.Form, "form", "Forms", CommonFields.All,
        [
            new("questions", "question", "Questions", ["id"],
            [
                new("id", "Short name") { Required = true, Hint = "Letters and digits, beginning with a small letter." },
                new("type", "Kind", Choice)
                {
                    Required = true,
                    Choices =
                    [
                        ("text", "Text on one line"), ("textarea", "Text of several lines"), ("radios", "One of several choices"), ("checkboxes", "Some of several choices"),
                        ("select", "One of a long list"), ("date", "Day"), ("number", "Number"), ("money", "Amount in pounds"), ("results", "Result lines of a court"), ("offence", "One of the offences"),
                    ],
                },
                new("label.en", "Label") { Required = true },
                new("label.cy", "Label in Welsh"),
                new("hint.en", "Hint"),
                new("hint.cy", "Hint in Welsh"),
                new("required", "Must be answered", Flag) { Default = true },
                new("optionsFrom", "Take the choices from a code list", Choice) { OffersLists = true, Hint = "Saving copies the codes that are in effect." },
                new("each", "Asked once for each offence", Choice) { Choices = [("offence", "For each offence of the defendant")] },
                s_outcome, s_question, s_is,
                new("personal", "Personal: kept apart, so that it can be erased", Flag),
                new("maxLength", "Longest text", Number),
                new("pattern", "Pattern of the text"),
                new("min", "Least", Number),
                new("max", "Most", Number),
                new("earliest", "Earliest day") { Hint = "A day like 2026-03-27, or today." },
                new("latest", "Latest day") { Hint = "A day like 2026-03-27, or today." },
            ])
            { Shown = ["label.en", "type"], Inner = Options },
            new("checks", "check", "Checks of result lines", ["kind", "question"],
            [
                new("kind", "What is checked", Choice)
                {
                    Required = true,
                    Choices = [("oneFinalForEveryOffence", "Every offence has one final result"), ("someOf", "Some line has one of the codes"), ("noneOf", "No line has one of the codes"), ("everyOffenceHas", "Every offence has one of the codes")],
                },
                new("question", "Question", Choice) { Required = true, Offered = Questions },
                new("message.en", "What is said where it fails") { Required = true },
                new("message.cy", "The same in Welsh"),
                new("codes", "Codes", Lines),
                s_outcome, s_question, s_is,
            ])
            { Shown = ["message.en"] },
            new("updates", "update", "What goes into the case record", ["set", "from", "value"],
            [
                new("set", "Member of the record", Choice) { Required = true, Choices = [.. CaseUpdateTargets.All.Select(x => (x, x))] },
                new("from", "The answer to", Choice) { Offered = Questions },
                new("value", "or this value"),
                new("with", "With", Pairs) { Hint = "Of an offence that is laid: lines like code = question." },
                s_outcome, s_question, s_is,
            ]),
        ]);

    private static RulePart Options => new("options", "choice", "Choices", ["value"],
    [
        new("value", "Value") { Required = true },
        new("label.en", "Label") { Required = true },
        new("label.cy", "Label in Welsh"),
        new("hint.en", "Hint"),
        new("hint.cy", "Hint in Welsh"),
        new("category", "Of a result: category", Choice) { Choices = [("F", "Final"), ("I", "Interim"), ("A", "Ancillary")] },
        new("level", "Of a result: level", Choice) { Choices = [("O", "Offence"), ("D", "Defendant"), ("C", "Case")] },
        new("cjsCode", "Of a result: national code"),
        new("needs", "Of a result: what the line must have", Lines) { Hint = "amount, duration, date or text, one on each line." },
    ])
    { Shown = ["label.en", "label.cy"] };

    private static IEnumerable<string> Questions(JsonObject file) => RuleJson.Entries(file, "questions").Select(x => RuleJson.Text(x, "id") ?? "");
}
