using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit;
using Assize.TestKit.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Activities;

public sealed class ChildrenAtRiskTests
{
    private const string Code = "statutory-step-cancelled";

    [Theory]
    [InlineData("WaitAny", "fork:A -> each", "fork:B -> rival", "each -> join", "rival -> join", "join -> end")]
    [InlineData("WaitAll", "fork:A -> each", "fork:B -> rival", "rival -> end", "each -> join")]
    [InlineData("WaitAll", "fork:A -> each", "fork:B -> rival", "rival -> finish", "each -> join")]
    public void A_flow_that_could_cancel_a_child_with_a_statutory_step_is_refused(string mode, params string[] lines)
    {
        FileProblem problem = Assert.Single(Problems(mode, "True", lines), x => x.Code == Code);

        Assert.StartsWith("each: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WaitAll", "True", "fork:A -> each", "fork:B -> rival", "each -> join", "rival -> join", "join -> end")]
    [InlineData("WaitAllActive", "True", "fork:A -> each", "fork:B -> rival", "each -> join", "rival -> join", "join -> finish")]
    [InlineData("WaitAny", "True", "fork:A -> rival", "rival -> each", "each -> join", "join -> end")]
    [InlineData("WaitAny", "False", "fork:A -> each", "fork:B -> rival", "each -> join", "rival -> join", "join -> end")]
    public void A_flow_that_cannot_is_let_through(string mode, string statutory, params string[] lines) =>
        Assert.DoesNotContain(Problems(mode, statutory, lines), x => x.Code == Code);

    [Fact]
    public void A_choice_between_the_child_and_the_end_cancels_nothing()
    {
        JsonObject choice = Draw.Decision("fork", Draw.Script("true"));

        Assert.DoesNotContain(Problems("WaitAll", "True", ["fork:True -> each", "fork:False -> end", "each -> join"], choice), x => x.Code == Code);
    }

    [Fact]
    public void A_finish_around_the_flow_it_stands_in_counts_too()
    {
        JsonObject nested = Draw.Flowchart("nested", [Each()]);
        WorkflowDefinition outer = Draw.Workflow(
            Draw.Flowchart("flow", [Draw.Fork("fork", "A", "B"), nested, Draw.Task("rival"), Draw.End("end")], "fork:A -> nested", "fork:B -> rival", "rival -> end"), id: "outer");

        Assert.Contains(PublishDefinitions.Verify([File(outer), File(Child("True"))]), x => x.Code == Code);
    }

    [Theory]
    [InlineData("fork beside a break", true, true)]
    [InlineData("fork beside a break", false, false)]
    [InlineData("fork beside a loop with a break", true, false)]
    [InlineData("break in a lap of many at once", true, true)]
    [InlineData("break in a lap of many at once", false, false)]
    public void A_break_ends_the_loop_around_it_and_the_child_in_it(string body, bool inALoop, bool refused)
    {
        JsonObject leave = Draw.Sequence("leave", Draw.Task("rival"), Draw.Activity("break", "Elsa.Break"));
        JsonObject steps = body switch
        {
            "fork beside a break" => Draw.Flowchart("flow", [Draw.Fork("fork", "A", "B"), Each(), leave], "fork:A -> each", "fork:B -> leave"),
            "fork beside a loop with a break" => Draw.Flowchart("flow", [Draw.Fork("fork", "A", "B"), Each(), Loop("own", "Elsa.While", leave)], "fork:A -> each", "fork:B -> own"),
            _ => Loop("laps", "Elsa.ParallelForEach", Draw.Sequence("lap", Each(), Draw.Activity("if", "Elsa.If", ("then", Draw.Activity("break", "Elsa.Break"))))),
        };
        WorkflowDefinition outer = Draw.Workflow(Draw.Sequence("root", inALoop ? Loop("loop", "Elsa.ForEach", steps) : steps), id: "outer");

        Assert.Equal(refused, PublishDefinitions.Verify([File(outer), File(Child("True"))]).Any(x => x.Code == Code));
    }

    [Theory]
    [InlineData("WaitAny", "True", true)]
    [InlineData("WaitAny", "False", false)]
    [InlineData("WaitAll", "True", false)]
    public void A_child_that_a_used_workflow_starts_counts_too(string mode, string statutory, bool refused)
    {
        WorkflowDefinition helper = Draw.Workflow(Draw.Flowchart("inner", [Each()]), id: "helper");
        WorkflowDefinition outer = Draw.Workflow(
            Draw.Flowchart("flow", [Draw.Fork("fork", "A", "B"), Draw.Activity("help", "Helper", ("workflowDefinitionId", "helper")), Draw.Task("rival"), Draw.Join("join", mode), Draw.End("end")],
                "fork:A -> help", "fork:B -> rival", "help -> join", "rival -> join", "join -> end"), id: "outer");

        IEnumerable<FileProblem> found = PublishDefinitions.Verify([File(outer), File(helper), File(Child(statutory))]).Where(x => x.Code == Code);

        Assert.Equal(refused ? ["help: "] : [], found.Select(x => x.Message[..6]));
    }

    [Theory]
    [InlineData("Elsa.Complete", false)]
    [InlineData("Elsa.Finish", true)]
    public void A_used_workflow_that_completes_ends_itself_only(string ending, bool refused)
    {
        WorkflowDefinition helper = Draw.Workflow(Draw.Flowchart("inner", [Draw.Activity("over", ending)]), id: "helper");
        WorkflowDefinition outer = Draw.Workflow(
            Draw.Flowchart("flow", [Draw.Fork("fork", "A", "B"), Each(), Draw.Activity("help", "Helper", ("workflowDefinitionId", "helper")), Draw.Join("join", "WaitAll")], "fork:A -> each", "fork:B -> help", "each -> join", "help -> join"), id: "outer");

        Assert.Equal(refused, PublishDefinitions.Verify([File(outer), File(helper), File(Child("True"))]).Any(x => x.Code == Code));
    }

    [Fact]
    public void A_child_whose_statutory_step_stands_in_a_workflow_that_it_uses_counts_too()
    {
        WorkflowDefinition required = Draw.Workflow(Draw.Flowchart("inner", [Draw.Activity("review", "Assize.CaseTask", ("statutory", Draw.Literal("True")))]), id: "required");
        WorkflowDefinition child = Draw.Workflow(Draw.Flowchart("flow", [Draw.Activity("use", "Required", ("workflowDefinitionId", "required"))]), id: "sub");
        WorkflowDefinition outer = Draw.Workflow(
            Draw.Flowchart("flow", [Draw.Fork("fork", "A", "B"), Each(), Draw.Task("rival"), Draw.Join("join", "WaitAny"), Draw.End("end")], "fork:A -> each", "fork:B -> rival", "each -> join", "rival -> join", "join -> end"), id: "outer");

        Assert.Contains(PublishDefinitions.Verify([File(outer), File(child), File(required)]), x => x.Code == Code);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 2, false)]
    [InlineData(2, 4, true)]
    [InlineData(3, 4, false)]
    public void A_drawing_that_was_published_before_the_rule_is_excused_as_it_was_and_under_no_other_number(int drawn, int number, bool refused)
    {
        DefinitionFile[] files = [.. DefinitionFiles.Read(Repository.PathOf("definitions")).Where(x => x.Id != "mags-charged" && x.Kind != RuleName.Overlay)];
        JsonObject drawing = JsonNode.Parse(System.IO.File.ReadAllText(Repository.PathOf($"definitions/mags-charged/{drawn}.json")))!.AsObject();
        drawing["version"] = number;

        IReadOnlyList<FileProblem> problems = PublishDefinitions.Verify([.. files, new DefinitionFile("workflow", "mags-charged", number, "drawn", drawing.ToJsonString())]);

        Assert.Equal(refused ? [Code] : [], problems.Select(x => x.Code));
    }

    private static IReadOnlyList<FileProblem> Problems(string mode, string statutory, string[] lines, JsonObject? fork = null) => PublishDefinitions.Verify(
    [
        File(Child(statutory)),
        File(Draw.Workflow(
            Draw.Flowchart("flow", [fork ?? Draw.Fork("fork", "A", "B"), Each(), Draw.Task("rival"), Draw.Join("join", mode), Draw.End("end"), Draw.Activity("finish", "Elsa.Finish")], lines),
            id: "outer")),
    ]);

    private static JsonObject Loop(string id, string type, JsonObject body) => Draw.Activity(id, type, ("body", body));

    private static JsonObject Each() => Draw.Activity("each", "Assize.ForEachDefendant", ("workflow", Draw.Literal("sub")));

    private static WorkflowDefinition Child(string statutory) => Draw.Workflow(
        Draw.Flowchart("flow", [Draw.Activity("review", "Assize.CaseTask", ("statutory", Draw.Literal(statutory)))]), id: "sub");

    private static DefinitionFile File(WorkflowDefinition definition) =>
        new("workflow", definition.DefinitionId, 1, $"{definition.DefinitionId}/1.json", definition.Json.ToJsonString());
}
