using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Engine.Storage;
using Assize.TestKit.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Tests.Simulating;
using Assize.Workflows.Verifying;
using Xunit;

namespace Assize.Workflows.Tests.Verifying;

/// <summary>A workflow used as an activity is the version that its step names: when it is verified as when it runs.</summary>
public sealed class UsedVersionTests
{
    [Fact]
    public async Task A_version_that_is_not_published_here_is_a_problem_of_the_step_that_names_it()
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(UsedWorkflows.Asking(1, "Yes", "No"), UsedWorkflows.Asking(3, "Yes", "No"));
        await using CaseDb db = world.Context();

        foreach (Verification verified in new[] { await world.VerifyAsync(UsedWorkflows.Drawing(7)), await world.Check.RunWhileDrawnAsync(db, UsedWorkflows.Drawing(7), TestContext.Current.CancellationToken) })
        {
            DefinitionProblem problem = Assert.Single(verified.Problems, x => x.ActivityId == "ask");
            Assert.Equal("workflow-version-unknown", problem.Code);
            Assert.Equal("“ask”: Expected ask to use a version of \"ask\" that is published here (1, 3), but it names version 7. Draw the step again from the palette, or publish that version first.", problem.Message);
            Assert.False(verified.MayBePublished);
        }
    }

    [Fact]
    public async Task What_a_used_workflow_lacks_is_a_problem_of_the_step_that_uses_it()
    {
        WorkflowDefinition outer = UsedWorkflows.Usable("outer", 1, Draw.Flowchart("inner", [UsedWorkflows.Use("ask", 7)]));
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(UsedWorkflows.Asking(1, "Yes", "No"), outer);

        Verification verified = await world.VerifyAsync(Draw.Workflow(Draw.Flowchart("flow", [UsedWorkflows.Use("outer", 1)])));

        DefinitionProblem problem = Assert.Single(verified.Problems);
        Assert.Equal(("workflow-version-unknown", "outer"), (problem.Code, problem.ActivityId));
        Assert.Contains("its step ask uses version 7 of \"ask\", of which there is 1.", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(null)]
    public async Task What_is_verified_is_what_the_engine_runs(int? version)
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(UsedWorkflows.Asking(1, "Yes", "No"), UsedWorkflows.Asking(2, "Yes", "No"), UsedWorkflows.Asking(3, "Yes", "No"));
        await world.RetractAsync("ask", 1);
        await world.RetractAsync("ask", 3);
        WorkflowDefinition drawn = UsedWorkflows.Drawing(version);
        await using CaseDb db = world.Context();

        ExecutionGraph run = await new DefinitionCatalog(CaseActivities.Table).CompileAsync(db, drawn, TestContext.Current.CancellationToken);
        NamedWorkflows verified = await world.Check.ReachedFromAsync(db, drawn, TestContext.Current.CancellationToken);

        Assert.Equal(run.ById["ask"].Workflow?.Version, verified.Find("ask", version)?.Version);
        Assert.Equal(run.ById["ask"].Workflow is not null, (await world.VerifyAsync(drawn)).MayBePublished);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task A_step_that_names_no_version_uses_the_newest_of_the_day_its_user_was_published_whenever_it_is_compiled(int known, bool isRetractedLater)
    {
        DateTimeOffset day = PathWorld.Begin;
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync([.. Enumerable.Range(1, known).Select(version => UsedWorkflows.Asking(version, "Yes", "No"))]);
        await world.PublishAsync(day.AddHours(1), UsedWorkflows.Drawing(null));
        await world.PublishAsync(day.AddHours(2), UsedWorkflows.Asking(known + 1, "Yes", "No"));
        if (isRetractedLater)
        {
            await world.RetractAsync("ask", known, day.AddHours(3));
        }
        WorkflowDefinition next = UsedWorkflows.Usable("user", 2, Draw.Flowchart("flow", [UsedWorkflows.Use("ask", null)]));
        await world.PublishAsync(day.AddHours(4), next);
        await using CaseDb db = world.Context();

        // As a host that was started since.
        DefinitionCatalog compiled = new(CaseActivities.Table);

        Assert.Equal(known, (await compiled.GetAsync(db, "user", 1, TestContext.Current.CancellationToken)).ById["ask"].Workflow?.Version);
        Assert.Equal(known + 1, (await compiled.GetAsync(db, "user", 2, TestContext.Current.CancellationToken)).ById["ask"].Workflow?.Version);
    }

    [Fact]
    public async Task The_version_that_is_named_is_explored_and_no_newer_one()
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(UsedWorkflows.Asking(1, "Yes", "No", "Later"), UsedWorkflows.Asking(2, "Yes", "No"));

        SoundnessVerdict old = await world.SoundnessAsync(UsedWorkflows.Drawing(1));

        Assert.Equal((SoundnessKind.Unsound, "flow-runs-dry"), (old.Kind, Assert.Single(old.Findings).Code));
        Assert.Equal(SoundnessKind.Sound, (await world.SoundnessAsync(UsedWorkflows.Drawing(2))).Kind);
        Assert.Equal(SoundnessKind.Unsound, (await world.SoundnessAsync(UsedWorkflows.Drawing(1))).Kind);
    }

    [Fact]
    public async Task A_verdict_counts_only_where_the_same_versions_are_meant()
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(UsedWorkflows.Asking(1, "Yes", "No", "Later"));
        Assert.Equal(SoundnessKind.Unsound, (await world.SoundnessAsync(UsedWorkflows.Drawing(null))).Kind);

        await world.PublishAsync(UsedWorkflows.Asking(2, "Yes", "No"));

        Assert.Equal(SoundnessKind.Sound, (await world.SoundnessAsync(UsedWorkflows.Drawing(null))).Kind);
        WorkflowDefinition drawn = UsedWorkflows.Drawing(null);
        SoundnessQuestion Asked(params int[] versions) => new(drawn, NamedWorkflows.Among(versions.Select(version => UsedWorkflows.Asking(version, "Yes", "No"))));
        Assert.Equal(3, new[] { Asked(1, 2).Key(), Asked(2).Key(), Asked(1).Key(), Asked(2, 1).Key() }.Distinct().Count());
    }

    [Fact]
    public void Files_are_explored_with_the_versions_that_they_name()
    {
        WorkflowDefinition[] drawn = [UsedWorkflows.Asking(1, "Yes", "No", "Later"), UsedWorkflows.Asking(2, "Yes", "No"), UsedWorkflows.Drawing(1)];

        IEnumerable<(DefinitionFile File, SoundnessVerdict Verdict)> verdicts = PublishDefinitions.Soundness(
            [.. drawn.Select(x => new DefinitionFile("workflow", x.DefinitionId, x.Version, $"{x.DefinitionId}/{x.Version}.json", x.Json.ToJsonString()))], x => x.Id == "user");

        Assert.Equal(SoundnessKind.Unsound, Assert.Single(verdicts).Verdict.Kind);
    }

    [Fact]
    public void Traces_are_those_of_the_version_that_is_named()
    {
        NamedWorkflows published = NamedWorkflows.Among([UsedWorkflows.Asking(1, "Yes", "No", "Later"), UsedWorkflows.Asking(2, "Yes", "No")]);
        static WorkflowDefinition Drawn(string later) => Draw.Workflow(
            Draw.Flowchart("flow", [UsedWorkflows.Use("ask", 1), Draw.Task("charge"), Draw.End("end")], "ask:Yes -> charge", "ask:No -> charge", $"ask:Later -> {later}", "charge -> end"));

        TraceVerdict verdict = new TraceVerdicts().WorkOut(new TraceQuestion(Drawn("charge"), Drawn("end"), new HashSet<string> { "charge" }, published));

        Assert.Equal(TraceKind.Broken, verdict.Kind);
    }

    [Theory]
    [InlineData("Elsa.DispatchWorkflow", "True")]
    [InlineData("Elsa.ExecuteWorkflow", "False")]
    public async Task Workflows_that_start_each_other_by_way_of_one_that_is_used_go_round_in_a_circle(string type, string waits)
    {
        System.Text.Json.Nodes.JsonObject start = UsedWorkflows.Start("c", type);
        start["waitForCompletion"] = Draw.Literal(waits);
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(
            Draw.Workflow(Draw.Flowchart("plain", [Draw.Task("a-task")]), id: "a"),
            Draw.Workflow(Draw.Flowchart("waiting", [UsedWorkflows.Start("a")]), id: "c"),
            UsedWorkflows.Usable("b", 1, Draw.Flowchart("dispatching", [start])));

        Verification verified = await world.VerifyAsync(Draw.Workflow(Draw.Flowchart("flow", [UsedWorkflows.Use("b", 1), Draw.End("end")], "b -> end"), x => x["version"] = 2, "a"));

        DefinitionProblem problem = Assert.Single(verified.Problems);
        Assert.Equal(("workflow-in-itself", "b"), (problem.Code, problem.ActivityId));
        Assert.Contains("(a > b > c > a)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_that_is_used_and_ends_by_what_it_records_may_be_waited_for_by_that()
    {
        WorkflowDefinition recording = UsedWorkflows.Usable("record", 1, Draw.Flowchart("recording", [Draw.Activity("acquitted", "Assize.Outcome", ("outcome", Draw.Literal("Acquitted")))]));
        WorkflowDefinition child = Draw.Workflow(Draw.Flowchart("flow", [Draw.Activity("convicted", "Assize.Outcome", ("outcome", Draw.Literal("Convicted"))), UsedWorkflows.Use("record", 1)], "convicted -> record"), id: "child");
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(recording, child);

        Verification verified = await world.VerifyAsync(Draw.Workflow(Draw.Flowchart(
            "flow", [Draw.Activity("each", "Assize.ForEachDefendant", ("workflow", Draw.Literal("child")), ("leaveWhen", Draw.Literal("AnyEndedAs")), ("endedAs", Draw.Literal("Acquitted")))])));

        Assert.DoesNotContain(verified.Problems, x => x.Code == "outcome-unknown");
    }

    [Fact]
    public async Task What_runs_and_what_is_simulated_is_the_version_that_is_named_with_the_form_that_only_it_names()
    {
        static WorkflowDefinition Looking(int version, string step) => UsedWorkflows.Usable("look", version, Draw.Flowchart("looking",
            [Draw.Activity(step, "Assize.CaseTask", ("agency", Draw.Literal("police")), ("role", Draw.Literal("case-builder")), ("title", Draw.Literal("Look")), ("form", Draw.Literal("initial-review")), ("outcomes", Draw.Wrapped("Object", "[\"Continue\"]")))]));
        WorkflowDefinition user = Draw.Workflow(Draw.Flowchart("flow", [UsedWorkflows.Use("look", 1), Draw.End("end")], "look -> end"), id: "user");
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(Looking(1, "first"), Looking(2, "second"), user);
        Assert.True((await world.VerifyAsync(user)).MayBePublished);
        await using CaseDb db = world.Context();

        CommandAnswer started = await world.Paths.Runner.RunAsync(db, new UnitCommand
        {
            RequestId = "start",
            Caller = "tests",
            BodyDigest = "",
            Actor = "tests",
            Now = PathWorld.Begin,
            Unit = UnitAddress.New("unit"),
            Check = (session, ct) => session.StepAsync(new StartStep("user", [], null), ct),
        }, TestContext.Current.CancellationToken);

        Assert.IsType<Completed>(started);
        Assert.Equal(["first"], await world.Paths.OpenAsync());
        Assert.Equal(["first"], (await SimulateYearTests.RunAsync(world.Paths, SimulateYearTests.Terms, "user")).Steps.Select(x => x.ActivityId));
    }
}
