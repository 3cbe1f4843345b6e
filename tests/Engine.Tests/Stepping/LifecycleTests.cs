using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Stepping;

public sealed class LifecycleTests
{
    [Fact]
    public void Start_ReachesTheEnd_SaysHowItEnded()
    {
        var flow = new Stepper(Flow([Write("hello"), Activity("out", "Elsa.SetOutput", ("outputName", Literal("Result")), ("outputValue", Literal("ok"))), End("end")], "hello -> out", "out -> end")).Start();

        var ended = Assert.Single(flow.Effects.OfType<Ended>());
        Assert.Equal((InstanceSubStatus.Finished, "ok"), (ended.How, (string?)ended.Output["Result"]));
        Assert.Equal((InstanceStatus.Finished, InstanceSubStatus.Finished, Stepper.Begin), (flow.State.Status, flow.State.SubStatus, flow.State.FinishedAt));
        Assert.Equal(1, flow.State.Sequence);
    }

    [Fact]
    public void Start_Twice_IsRejected() =>
        Refused("already-started", new Stepper(Flow([Task("a")])).Start(), new Start([], ImmutableSortedDictionary<string, int>.Empty, null, null, null, null));

    [Fact]
    public void Resume_OfAWait_ThatIsNone_IsRejected()
    {
        var flow = new Stepper(Flow([Task("a"), Task("b")], "a -> b")).Start();
        var answer = RandomStimuli.Answer(flow.Wait("a"), 0);
        flow.Take(answer);

        Refused("wait-not-found", flow, answer);
        Refused("wait-kind", flow, new TimerDue(flow.Wait("b").Id));
        Assert.Equal(2, flow.State.Sequence);
    }

    [Fact]
    public void Resume_WithAnOutcomeTheTaskHasNot_IsRejected()
    {
        var flow = new Stepper(Flow([TestActivities.Choice("choice", "Yes", "No")])).Start();

        Refused("outcome-unknown", flow, new Resume(flow.Wait("choice").Id, WaitKind.Task, "Maybe", null));
        Refused("outcome-unknown", flow, new Resume(flow.Wait("choice").Id, WaitKind.Task, null, null));
    }

    [Fact]
    public void Timer_BeforeItsInstant_IsRejected()
    {
        var flow = new Stepper(Flow([Activity("delay", "Elsa.Delay", ("timeSpan", Literal("00:00:10")))])).Start();

        Refused("timer-not-due", flow, new TimerDue(flow.State.Waits[0].Id));
        Assert.True(flow.Fire().IsFinished);
    }

    [Fact]
    public void AnyStimulus_AfterTheEnd_IsRejected()
    {
        var flow = new Stepper(Flow([Write("only")])).Start();

        Refused("instance-finished", flow, new Cancel());
    }

    [Fact]
    public void Cancel_WithWaitsAndChildren_ClosesAll()
    {
        var child = Activity("child", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Literal("other")), ("waitForCompletion", Literal("True")));
        var flow = new Stepper(Flow([Fork("fork", "A", "B"), Task("a"), child], "fork:A -> a", "fork:B -> child")).Start();

        flow.Take(new Cancel());

        Assert.Equal(InstanceSubStatus.Cancelled, flow.State.SubStatus);
        Assert.Empty(flow.State.Waits);
        Assert.Empty(flow.State.Activities);
        Assert.Single(flow.Effects.OfType<CancelChild>());
        Assert.Equal(InstanceSubStatus.Cancelled, Assert.Single(flow.Effects.OfType<Ended>()).How);
    }

    [Fact]
    public void Fault_ByDefault_HaltsTheInstanceUntilItIsRetried()
    {
        var flow = new Stepper(Flow([Fork("fork", "A", "B", "C"), Task("a"), Unlucky("bad"), Write("c")], "fork:A -> a", "fork:B -> bad", "fork:C -> c")).Start(Input("no"));

        Assert.Equal(("bad", "script-failed", InstanceSubStatus.Faulted), (flow.Incident.ActivityId, flow.Incident.Code, flow.State.SubStatus));
        Assert.Empty(flow.Written);
        Refused("instance-faulted", flow, RandomStimuli.Answer(flow.Wait("a"), 0));
        Refused("incident-not-found", flow, new Retry("none"));

        flow.Take(new Retry(flow.Incident.Id));
        Assert.Equal("script-failed", flow.Incident.Code);
        Assert.Equal(2, flow.Notes.Count(n => n.Event == "Faulted"));
    }

    [Fact]
    public void Fault_WhereIncidentsAreContinuedWith_LeavesOtherBranchesGoing()
    {
        var flow = new Stepper(Workflow(
            Flowchart("flow", [Fork("fork", "A", "B", "C"), Task("a"), Unlucky("bad"), Write("c")], "fork:A -> a", "fork:B -> bad", "fork:C -> c"),
            d => d["options"] = new JsonObject { ["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core" })).Start(Input("no"));

        Assert.Equal(["c"], flow.Written);
        Assert.Equal(InstanceSubStatus.Suspended, flow.State.SubStatus);
        flow.Complete("a");
        Assert.False(flow.IsFinished);
        Assert.Equal(InstanceSubStatus.Faulted, flow.State.SubStatus);
    }

    [Fact]
    public void Retry_OnceTheDataIsRight_GoesOnFromThere()
    {
        var definition = Workflow(
            Flowchart("flow", [Task("before"), Activity("bad", "Elsa.RunJavaScript", ("script", Literal("if (getVariable('n') < 2) { throw 'too few' }"))), Write("after"), Fork("fork", "A", "B"), Task("fix")], "before -> fork", "fork:A -> bad", "fork:B -> fix", "bad -> after"),
            d =>
            {
                d["variables"]!.AsArray().Add(Variable("n", "Int32", "0"));
                d["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" };
                var fix = (JsonObject)d["root"]!["activities"]![4]!;
                fix["result"] = new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "n" } };
            });
        var flow = new Stepper(definition).Start().Complete("before").Complete("fix", JsonValue.Create(5));

        flow.Take(new Retry(flow.Incident.Id));

        Assert.Equal(["after"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Retry_OfAResume_RepeatsTheAnswer()
    {
        var loop = Activity("while", "Elsa.While", ("condition", Script("if (getVariable('n') == 1) { throw 'odd' } true")), ("body", Task("body")));
        var body = (JsonObject)loop["body"]!;
        body["result"] = new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "n" } };
        var flow = new Stepper(Workflow(loop, d => d["variables"]!.AsArray().Add(Variable("n", "Int32", "0")))).Start();

        flow.Complete("body", JsonValue.Create(1));

        Assert.Equal("while", flow.Incident.ActivityId);
        Assert.Equal("1", Assert.Single(flow.State.Activities.Values, a => a.ActivityId == "Workflow1").Variables["n"]!.ToJsonString());
        flow.Take(new Retry(flow.Incident.Id));
        Assert.Equal("while", flow.Incident.ActivityId);
    }

    [Fact]
    public void Fault_OfAContainer_HoldsUpWhatItsOtherChildrenReport()
    {
        var flow = new Stepper(Workflow(
            Flowchart("flow", [Task("begin"), Fork("fork", "A", "B", "C"), Task("a"), Task("b"), Task("c"), Write("after")], "begin -> fork", "fork:A -> a", "a -> b", "fork:B -> b", "b -> a", "fork:C -> c", "c -> after"),
            d => d["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidents" })).Start().Complete("begin").Complete("a").Complete("b");

        Assert.Equal(("flow", "loop-unstructured"), (flow.Incident.ActivityId, flow.Incident.Code));
        flow.Complete("c");
        Assert.Empty(flow.Written);
        Assert.Equal(2, flow.State.Activities.Values.Single(a => a.ActivityId == "flow").FaultedCalls.Length);

        flow.Take(new Retry(flow.Incident.Id));
        Assert.Equal(2, flow.State.Activities.Values.Single(a => a.ActivityId == "flow").FaultedCalls.Length);
    }

    [Fact]
    public void LoopWithoutAWait_BecomesAnIncident()
    {
        var flow = new Stepper(Flow([Write("again")], "again -> again")).Start();

        Assert.Equal("step-limit", flow.Incident.Code);
        Assert.Equal(InstanceSubStatus.Faulted, flow.State.SubStatus);
    }

    [Fact]
    public void ValueTooDeepToKeep_IsAnIncident()
    {
        var flow = new Stepper(Flow([Activity("deep", "Elsa.RunJavaScript", ("script", Literal("let a = []; for (let i = 0; i < 600; i++) { a = [a] } a")))])).Start();

        Assert.Equal("deep", flow.Incident.ActivityId);
    }

    [Fact]
    public void UnknownActivity_IsAnIncidentWhenItIsReached()
    {
        var flow = new Stepper(Flow([Task("a"), Activity("odd", "Vendor.Unknown")], "a -> odd")).Start().Complete("a");

        Assert.Equal(("activity-unknown", "odd"), (flow.Incident.Code, flow.Incident.ActivityId));
    }

    [Fact]
    public void LimitExceeded_OnReplay_MakesTheIncidentAndRunsNoScript()
    {
        var flow = new Stepper(Flow([Task("a"), Unlucky("script")], "a -> script")).Start(Input("yes"));
        var answer = RandomStimuli.Answer(flow.Wait("a"), 0);

        flow.Take(new LimitExceeded("not known before", "another", "time", new LimitExceeded("not known before", "script", "memory", answer)));

        Assert.Equal(("script-limit", "script"), (flow.Incident.Code, flow.Incident.ActivityId));
        flow.Take(new Retry(flow.Incident.Id));
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Reinstate_GivesTheStateBack_AndGoesOnCounting()
    {
        var child = Activity("child", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Literal("other")), ("waitForCompletion", Literal("True")));
        var flow = new Stepper(Flow([Task("a"), child], "a -> child")).Start();
        var before = flow.State;
        flow.Complete("a");

        flow.Take(new Reinstate(before.Sequence, InstanceJson.ToJson(before)));

        Assert.Equal(["a"], flow.Waiting);
        Assert.Equal(3, flow.State.Sequence);
        Assert.Equal(InstanceJson.Write(before with { Sequence = 3 }), InstanceJson.Write(flow.State));
        Assert.Equal(flow.Effects.OfType<StartChild>().Single().InstanceId, flow.Effects.OfType<CancelChild>().Single().InstanceId);
    }

    [Fact]
    public void State_ReadsTheSame_WhateverTheCultureSortsBy()
    {
        var flow = new Stepper(Flow([Activity("b", "Elsa.RunJavaScript", ("script", Literal("({ z: 1.10, Z: 'ä', a: [null, true] })"))), Task("a")], "b -> a")).Start(new JsonObject { ["ö"] = 1, ["Z"] = 1.50m, ["a"] = "\u0000" });

        var written = InstanceJson.Write(flow.State);

        Assert.Equal(written, InstanceJson.Write(InstanceJson.ReadState(written)));
        Assert.Equal(written, CanonicalJson.Write(JsonNode.Parse(written)));
        Assert.Contains("\"input\":{\"Z\":1.50,\"a\":\"\\u0000\",\"ö\":1}", written, StringComparison.Ordinal);
    }

    private static JsonObject Unlucky(string id) => Activity(id, "Elsa.RunJavaScript", ("script", Literal("if (getInput('Lucky') !== 'yes') { throw new Error('unlucky') }")));

    private static JsonObject Input(string lucky) => new() { ["Lucky"] = lucky };

    private static void Refused(string code, Stepper flow, StimulusBody body)
    {
        var rejected = Assert.IsType<Rejected>(flow.Try(body));
        Assert.Equal(code, rejected.Code);
        Assert.StartsWith("Expected ", rejected.Message, StringComparison.Ordinal);
    }
}
