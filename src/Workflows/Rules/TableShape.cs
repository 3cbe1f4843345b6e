using System.Text.Json.Nodes;
using static Assize.Workflows.Rules.RuleFieldKind;

namespace Assize.Workflows.Rules;

internal static class TableShape
{
    public static RuleShape Shape { get; } = new(
        RuleName.Table, "decision table", "Decision tables",
        [
            .. CommonFields.All,
            new("hitPolicy", "Which rule decides", Choice)
            {
                Required = true,
                Choices = [("first", "The first rule that applies"), ("unique", "The one rule that applies; two are an error"), ("collect", "All rules that apply")],
            },
            new("outcomes", "Outcomes", Lines) { Required = true, Hint = "One on each line. They are the ways out of the step that asks the table." },
            new("note", "Note", LongText),
        ],
        [
            new("inputs", "column", "Columns", ["id"],
            [
                CommonFields.Id,
                new("type", "What it holds", Choice) { Required = true, Choices = [("boolean", "Yes or no"), ("text", "A text"), ("number", "A number"), ("date", "A day"), ("texts", "Several texts")] },
                new("label.en", "Label") { Required = true },
                new("label.cy", "Label in Welsh"),
            ])
            { Shown = ["label.en", "type"] },
            new("rules", "rule", "Rules", ["id"],
            [
                CommonFields.Id,
                new("outcome", "Outcome", Choice) { Required = true, Offered = file => (file["outcomes"] as JsonArray ?? []).Select(x => RuleJson.Text(x) ?? "") },
                new("legalReference", "Legal source") { Required = true },
                new("from", "First day on which it is law", Day) { Hint = "Empty: it always was." },
                new("to", "Last day on which it is law", Day) { Hint = "Empty: it still is." },
                new("note", "Note", LongText),
            ])
            { More = Conditions, MoreAfter = 1, Objects = ["when"], Shown = ["outcome", "legalReference"] },
        ]);

    private static IReadOnlyList<RuleField> Conditions(JsonObject file) => [.. RuleJson.Entries(file, "inputs").Where(x => RuleJson.Text(x, "id") is { Length: > 0 })
        .Select(x => new RuleField($"when.{RuleJson.Text(x, "id")}", RuleJson.Text(x, "label.en") ?? RuleJson.Text(x, "id")!, Condition)
        {
            Tests = RuleJson.Text(x, "type"),
            Hint = ConditionWords.Hint(RuleJson.Text(x, "type")),
        })];
}

internal static class CommonFields
{
    public static RuleField Id { get; } = new("id", "Short name") { Required = true, Hint = "Letters, digits and hyphens. It stays the same when the label changes." };

    public static IReadOnlyList<RuleField> All { get; } =
    [
        new("title.en", "Title") { Required = true },
        new("title.cy", "Title in Welsh"),
        new("legalReference", "Legal source") { Owed = true, Hint = "The Act, rule or direction that says so, with its section." },
        new("effectiveFrom", "First legal day of the cases that take it", Day) { SaysNull = true, Owed = true, Hint = "Cases charged on or after this day take it, for example 27 3 2026. Empty only where it always was so." },
    ];
}
