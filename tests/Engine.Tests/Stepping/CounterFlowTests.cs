using Assize.Engine.Stepping;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Stepping;

public sealed class CounterFlowTests
{
    [Fact]
    public void ImplicitJoin_TwoLiveBranches_RunsOnceAfterBoth()
    {
        var flow = new Stepper(Flow([Fork("fork", "A", "B"), Task("a"), Task("b"), Task("both")], "fork:A -> a", "fork:B -> b", "a -> both", "b -> both")).Start();

        Assert.Equal(["a", "b"], flow.Waiting);
        Assert.Equal(["b"], flow.Complete("a").Waiting);
        Assert.Equal(["both"], flow.Complete("b").Waiting);
        Assert.True(flow.Complete("both").IsFinished);
    }

    [Theory]
    [InlineData("True", "yes")]
    [InlineData("False", "no")]
    public void ImplicitJoin_BehindDecision_TakesTheLiveBranch(string condition, string taken)
    {
        var flow = new Stepper(Flow(
            [Decision("if", Literal(condition)), Write("yes"), Write("no"), Write("after")],
            "if:True -> yes", "if:False -> no", "yes -> after", "no -> after")).Start();

        Assert.Equal([taken, "after"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Skip_OfAChain_ReleasesTheJoinDownstream()
    {
        var flow = new Stepper(Flow(
            [Decision("if", Literal("True")), Write("a"), Write("b1"), Write("b2"), Write("b3"), Write("join")],
            "if:True -> a", "if:False -> b1", "b1 -> b2", "b2 -> b3", "a -> join", "b3 -> join")).Start();

        Assert.Equal(["a", "join"], flow.Written);
        Assert.Equal(3, flow.Notes.Count(n => n.Event == "Skipped"));
    }

    [Fact]
    public void Skip_OfAVeryLongChain_DoesNotEndTheProcess()
    {
        var chain = Enumerable.Range(0, 4000).Select(i => Write($"w{i}")).ToArray();
        string[] connections = ["if:False -> w0", .. Enumerable.Range(0, 3999).Select(i => $"w{i} -> w{i + 1}")];

        Assert.True(new Stepper(Flow([Decision("if", Literal("True")), .. chain], connections)).Start().IsFinished);
    }

    [Fact]
    public void Join_AllInboundDead_IsSkippedItself()
    {
        var flow = new Stepper(Flow(
            [Decision("if", Literal("True")), Fork("fork", "A", "B"), Write("a"), Write("b"), Join("join", "WaitAllActive"), Write("after"), Write("other")],
            "if:False -> fork", "if:True -> other", "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> after")).Start();

        Assert.Equal(["other"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Theory]
    [InlineData("WaitAll", new[] { "a", "b", "after" })]
    [InlineData("WaitAllActive", new[] { "a", "b", "after" })]
    public void FlowJoin_AllBranchesFollowed_RunsOnce(string mode, string[] written)
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B"), Write("a"), Write("b"), Join("join", mode), Write("after")],
            "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> after")).Start();

        Assert.Equal(written, flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Theory]
    [InlineData("WaitAll", new[] { "a" })]
    [InlineData("WaitAllActive", new[] { "a", "after" })]
    [InlineData("WaitAny", new[] { "a", "after" })]
    [InlineData(null, new[] { "a", "after" })]
    public void FlowJoin_BehindDecision_DependsOnItsMode(string? mode, string[] written)
    {
        var flow = new Stepper(Flow(
            [Decision("if", Literal("True")), Write("a"), Write("b"), Join("join", mode), Write("after")],
            "if:True -> a", "if:False -> b", "a -> join", "b -> join", "join -> after")).Start();

        Assert.Equal(written, flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void WaitAny_FirstArrival_CancelsTheOtherBranch()
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B"), Task("a"), Task("b"), Join("join", "WaitAny"), Task("after")],
            "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> after")).Start();

        flow.Complete("b");

        Assert.Equal(["after"], flow.Waiting);
        Assert.Single(flow.Notes, n => n.Event == "Canceled" && n.ActivityId == "a");
        Assert.True(flow.Complete("after").IsFinished);
    }

    [Fact]
    public void WaitAny_CancelledBranch_TakesItsDescendantsAndChildInstances()
    {
        var dispatch = Activity("child", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Literal("other")), ("waitForCompletion", Literal("True")));
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B"), Task("a"), Sequence("b", dispatch), Join("join", "WaitAny"), Write("after")],
            "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> after")).Start();
        var child = Assert.Single(flow.Effects.OfType<Instances.StartChild>());

        flow.Complete("a");

        Assert.Equal(child.InstanceId, Assert.Single(flow.Effects.OfType<Instances.CancelChild>()).InstanceId);
        Assert.Empty(flow.State.Activities);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void WaitAny_LaterArrivalsOfTheSameRound_AreIgnored()
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B"), Write("a"), Write("b"), Join("join", "WaitAny"), Write("after")],
            "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> after")).Start();

        Assert.Equal(["a", "b", "after"], flow.Written);
    }

    [Fact]
    public void WaitAny_CancelledBranch_ReleasesAnotherJoinItFeeds()
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B", "C"), Task("a"), Task("b"), Task("c"), Join("race", "WaitAny"), Task("both")],
            "fork:A -> a", "fork:B -> b", "fork:C -> c", "a -> race", "b -> race", "b -> both", "c -> both")).Start();

        flow.Complete("a");
        Assert.Equal(["c"], flow.Waiting);

        Assert.Equal(["both"], flow.Complete("c").Waiting);
    }

    [Theory]
    [InlineData(RuleSet.Second, new[] { "after", "after" })]
    [InlineData(RuleSet.Current, new[] { "after" })]
    public void WaitAny_CancelledBranch_ThatReleasesAJoinBeforeIt_GoesOnOnce(int ruleSet, string[] written)
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B", "C"), Task("a"), Task("b"), Task("give-up"), Join("ready", "WaitAllActive"), Join("over", "WaitAny"), Write("after")],
            "fork:A -> a", "fork:B -> b", "fork:C -> give-up", "a -> ready", "b -> ready", "ready -> over", "give-up -> over", "over -> after")).Start(ruleSet: ruleSet);

        flow.Complete("a").Complete("give-up");

        Assert.Equal(written, flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void FlowJoin_WhateverItsMode_CancelsRunningAncestorsWhenItRuns()
    {
        // The script leaves by both ports at once: back to the task, and on to the join.
        var flow = new Stepper(Flow(
            [Task("task"), Activity("script", "Elsa.RunJavaScript", ("script", Literal("setOutcomes(['Back', 'On'])"))), Join("join", "WaitAllActive"), Task("after")],
            "task -> script", "script:Back -> task", "script:On -> join", "join -> after")).Start();

        flow.Complete("task");

        Assert.Equal(["after"], flow.Waiting);
        Assert.Single(flow.Notes, n => n is { ActivityId: "task", Event: "Canceled" });
    }

    [Fact]
    public void BackwardConnection_EachLap_RunsTheJoinInsideAgain()
    {
        var flow = new Stepper(Flow(
            [Write("begin"), Fork("fork", "A", "B"), Task("a"), Task("b"), Join("join", "WaitAll"), TestActivities.Choice("again", "Again", "Default"), End("end")],
            "begin -> fork", "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> again", "again:Again -> fork", "again:Default -> end")).Start();

        for (var lap = 0; lap < 3; lap++)
        {
            Assert.Equal(["a", "b"], flow.Waiting);
            Assert.Equal(["a"], flow.Complete("b").Waiting);
            Assert.Equal(["again"], flow.Complete("a").Waiting);
            flow.Complete("again", outcome: "Again");
        }
    }

    [Fact]
    public void BackwardConnection_ToTheStart_LoopsUntilItIsNotFollowed()
    {
        var flow = new Stepper(Workflow(
            Flowchart("flow", [Script("count", "setVariable('n', getVariable('n') + 1); setOutcome(getVariable('n') < 3 ? 'Again' : 'Enough')"), Write("out")], "count:Again -> count", "count:Enough -> out"),
            d => d["variables"]!.AsArray().Add(Variable("n", "Int32", "0")))).Start();

        Assert.Equal(["out"], flow.Written);
        Assert.Equal(3, flow.Notes.Count(n => n is { ActivityId: "count", Event: "Completed" }));

        static System.Text.Json.Nodes.JsonObject Script(string id, string source) => Activity(id, "Elsa.RunJavaScript", ("script", Literal(source)));
    }

    [Fact]
    public void BackwardConnection_WherePathsBypassItsTarget_IsAnIncident()
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B"), Task("a"), Task("b")],
            "fork:A -> a", "a -> b", "fork:B -> b", "b -> a")).Start();

        flow.Complete("a").Complete("b");

        Assert.Equal("loop-unstructured", flow.Incident.Code);
        Assert.Equal("flow", flow.Incident.ActivityId);
    }

    [Fact]
    public void Terminal_InsideAFlowchart_EndsItAtOnce()
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B"), Task("a"), Task("b"), End("end")], "fork:A -> a", "fork:B -> b", "b -> end")).Start();

        Assert.True(flow.Complete("b").IsFinished);
        Assert.Single(flow.Notes, n => n is { ActivityId: "a", Event: "Canceled" });
    }

    [Fact]
    public void Start_ByATrigger_MakesItTheBeginning()
    {
        var @event = Activity("event", "Elsa.Event", ("eventName", Literal("charge")), ("customProperties", new System.Text.Json.Nodes.JsonObject { ["canStartWorkflow"] = true }));
        var definition = Flow([Write("usual"), @event, Write("after")], "event -> after");

        Assert.Equal(["after"], new Stepper(definition).Start(trigger: "event").Written);
        Assert.Equal(["usual"], new Stepper(definition).Start().Written);
    }

    [Fact]
    public void Start_OnAnActivityLeadingNowhere_Finishes()
    {
        Assert.True(new Stepper(Flow([Write("only")])).Start().IsFinished);
        Assert.True(new Stepper(Flow([])).Start().IsFinished);
    }

}
