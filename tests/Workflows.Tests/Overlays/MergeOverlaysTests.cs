using Assize.Engine.Definitions;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Xunit;

namespace Assize.Workflows.Tests.Overlays;

public sealed class MergeOverlaysTests
{
    [Fact]
    public void Added_steps_stand_on_their_connections_and_go_on_as_before()
    {
        OverlayMerged merged = Merge($"{DrawnOverlay.Gate}, {DrawnOverlay.Rework}, {DrawnOverlay.Queue}");

        Assert.Empty(merged.Problems);
        Assert.Equal(["preparation:Initial details", "merseyside-police-rework:Mended"], Into(merged, "merseyside-police-gate"));
        Assert.Equal(["merseyside-police-gate:Passed"], Into(merged, "m4-serve-initial-details"));
        Assert.Equal(["merseyside-police-gate:Returned"], Into(merged, "merseyside-police-rework"));
        Assert.Equal("harbour-defence", merged.Definition.Root.Children.Single(x => x.Id == "m7-court-preparation").Inputs["agency"].Expression!.Value!.ToString());
    }

    [Fact]
    public void The_same_overlays_give_the_same_text_in_whatever_order()
    {
        Overlay force = DrawnOverlay.Read(DrawnOverlay.File(DrawnOverlay.Gate)), area = DrawnOverlay.Read(DrawnOverlay.File(DrawnOverlay.Queue, "Merseyside", "area"));
        WorkflowDefinition baseline = DrawnOverlay.Baseline();

        string text = EffectiveVersions.Text(MergeOverlays.Onto(baseline, force, area).Definition, [force, area], -1);

        Assert.Equal(text, EffectiveVersions.Text(MergeOverlays.Onto(baseline, area, force).Definition, [force, area], -1));
        Assert.Equal(-1, DefinitionReader.Read(text).Version);
        Assert.Contains("merseyside-police.mags-charged@1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step-gone", """{ "id": "x", "does": "due", "activity": "m99-gone", "value": "on hearing" }""")]
    [InlineData("connection-gone", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Elsewhere", "type": "Assize.Notify" }""")]
    [InlineData("connection-gone", """{ "id": "x", "does": "add", "activity": "m3-stage", "type": "Assize.Notify" }""")]
    [InlineData("type-not-added", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Elsa.End" }""")]
    [InlineData("type-not-added", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Done" }""")]
    [InlineData("input-unknown", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Assize.Stage", "inputs": { "colour": "red" } }""")]
    [InlineData("input-unknown", """{ "id": "x", "does": "input", "activity": "m3-stage", "input": "due", "value": "on hearing" }""")]
    [InlineData("input-unknown", """{ "id": "x", "does": "input", "activity": "m3-stage" }""")]
    [InlineData("id-taken", """{ "id": "m3-stage", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Assize.Stage" }""")]
    [InlineData("outcome-unknown", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Assize.Stage", "leads": { "Never": "m3-stage" } }""")]
    [InlineData("step-gone", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Assize.Stage", "leads": { "Done": "m99-gone" } }""")]
    [InlineData("operation-twice", """{ "id": "x", "does": "due", "activity": "m3-find-day", "value": "on hearing" }, { "id": "y", "does": "input", "activity": "m3-find-day", "input": "due", "value": "on now" }""")]
    [InlineData("operation-twice", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Assize.Stage" }, { "id": "y", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Assize.Stage" }""")]
    [InlineData("additions-circle", """{ "id": "x", "does": "add", "activity": "y", "port": "Done", "type": "Assize.Stage" }, { "id": "y", "does": "add", "activity": "x", "port": "Done", "type": "Assize.Stage" }""")]
    [InlineData("step-added-here", """{ "id": "x", "does": "add", "activity": "m3-stage", "port": "Done", "type": "Assize.CaseTask" }, { "id": "y", "does": "due", "activity": "x", "value": "on now" }""")]
    public void What_cannot_be_done_is_refused_by_its_operation(string code, string operations)
    {
        OverlayMerged merged = Merge(operations);

        OverlayProblem problem = merged.Problems[0];
        Assert.Equal(code, problem.Code);
        Assert.Contains(problem.Operation, (string[])["x", "y", "m3-stage"]);
    }

    [Fact]
    public void Two_overlays_do_not_touch_one_step_and_none_stands_on_another()
    {
        Overlay force = DrawnOverlay.Read(DrawnOverlay.File($"{DrawnOverlay.Gate}, {DrawnOverlay.Queue}"));
        Overlay clashing = DrawnOverlay.Read(DrawnOverlay.File("""{ "id": "later", "does": "due", "activity": "m7-court-preparation", "value": "on hearing" }""", "Merseyside", "area"));
        Overlay onTop = DrawnOverlay.Read(DrawnOverlay.File("""{ "id": "later", "does": "due", "activity": "merseyside-police-gate", "value": "on hearing" }""", "Merseyside", "area"));

        OverlayProblem clash = Assert.Single(MergeOverlays.Onto(DrawnOverlay.Baseline(), force, clashing).Problems);
        Assert.Equal(("overlays-clash", "listing-centre", "m7-court-preparation"), (clash.Code, clash.Operation, clash.Activity));
        Assert.Equal("step-of-overlay", Assert.Single(MergeOverlays.Onto(DrawnOverlay.Baseline(), force, onTop).Problems).Code);
    }

    [Fact]
    public void A_file_of_the_wrong_shape_says_everything_that_is_wrong_with_it()
    {
        string many = string.Join(", ", Enumerable.Range(0, 60).Select(x => $$"""{ "id": "same", "does": "due", "activity": "a{{x}}", "value": "on now" }"""));

        IReadOnlyList<string> problems = Assert.Throws<RuleFileUnreadable>(() => DrawnOverlay.Read(DrawnOverlay.File(many, workflow: "merseyside-police.mags-charged", first: 0))).Problems;

        Assert.Contains(problems, x => x.Contains("never on another overlay", StringComparison.Ordinal));
        Assert.Contains(problems, x => x.Contains("Expected 1 to 50, but there are 60", StringComparison.Ordinal));
        Assert.Contains(problems, x => x.Contains("“same” names two of them", StringComparison.Ordinal));
        Assert.Contains(problems, x => x.Contains("from 1, but they are 0", StringComparison.Ordinal));
        Assert.Throws<RuleFileUnreadable>(() => DrawnOverlay.Read(DrawnOverlay.File("""{ "id": "x", "does": "remove", "activity": "m4-deadline" }""")));
        Assert.Throws<RuleFileUnreadable>(() => DrawnOverlay.Read(DrawnOverlay.File("""{ "id": "x", "does": "due", "activity": 7 }""")));
    }

    private static OverlayMerged Merge(string operations) => MergeOverlays.Onto(DrawnOverlay.Baseline(), DrawnOverlay.Read(DrawnOverlay.File(operations)));

    private static string[] Into(OverlayMerged merged, string step) => [.. merged.Definition.Root.Connections.Where(x => x.Target == step).Select(x => $"{x.Source}:{x.SourcePort}")];
}
