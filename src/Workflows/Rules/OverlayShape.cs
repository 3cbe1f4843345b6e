using System.Text.Json.Nodes;
using Assize.Workflows.Activities;
using static Assize.Workflows.Rules.RuleFieldKind;

namespace Assize.Workflows.Rules;

internal static class OverlayShape
{
    /// <summary>Kinds of step that an overlay may add: none that ends, begins or holds others.</summary>
    public static IReadOnlyList<string> AddedTypes { get; } = ["Assize.CaseTask", "Assize.Notify", "Assize.Stage", "Assize.RaiseEvent", "Assize.AwaitEvent"];

    public static RuleShape Shape { get; } = new(
        RuleName.Overlay, "overlay", "Overlays",
        [
            new("title.en", "Title") { Required = true },
            new("title.cy", "Title in Welsh"),
            new("legalReference", "Source") { Owed = true, Hint = "The policy, agreement or direction by which this force or area does it otherwise." },
            new("effectiveFrom", "First legal day of the cases that take it", Day) { SaysNull = true, Owed = true, Hint = "New cases charged on or after this day take it, for example 27 3 2026. Empty only where it always was so." },
            new("level", "Whose it is", Choice) { Required = true, Choices = [("force", "A force’s"), ("area", "An area’s")] },
            new("owner", "The force or area") { Required = true, Hint = "The id of the force’s agency, like merseyside-police, or the name of the area, like Merseyside." },
            new("workflow", "Workflow") { Required = true, Hint = "The id of the workflow that it changes." },
            new("firstBaseline", "From version of the workflow", Number) { Required = true },
            new("lastBaseline", "Up to version of the workflow", Number) { Hint = "Empty: every later version that it fits." },
            new("note", "Note", LongText),
        ],
        [
            new("operations", "operation", "Operations", ["id"],
            [
                new("id", "Short name") { Required = true, Hint = "Letters, digits and hyphens. An added step is known by it." },
                new("does", "What it does", Choice)
                {
                    Required = true,
                    Choices = [("add", "Add a step on a connection"), ("queue", "Give the work to another agency’s list"), ("role", "Give the work to another role"), ("due", "Change when it is due"), ("input", "Change another field")],
                },
                new("activity", "Step of the workflow") { Required = true, Hint = "Its id: the step that is changed, or after which a step is added." },
                new("value", "New value") { Hint = "Of a change: what the field says now. A list is written with commas." },
                new("input", "Field that is changed") { Hint = "Only to change another field, like priority or instructions." },
                new("port", "Outcome on whose connection the step is added") { Hint = "Only to add a step, like Served." },
                new("type", "Kind of step", Choice) { Choices = [.. AddedTypes.Select(x => (x, CaseActivities.Table.Catalog.Find(x)!.DisplayName))] },
                new("title", "What the added step is called"),
                new("inputs", "What the added step says", Pairs) { Hint = "One field on each line: role = case-builder. A list is written with commas." },
                new("leads", "Outcomes that lead elsewhere", Pairs) { Hint = "One on each line: Returned = id of a step. Every other outcome goes on as before." },
                new("note", "Note", LongText),
            ])
            { Shown = ["does", "activity", "value", "title"] },
        ]);

    public static JsonObject Empty(string title) => new()
    {
        ["title"] = new JsonObject { ["en"] = title },
        ["effectiveFrom"] = null,
        ["operations"] = new JsonArray(),
    };
}
