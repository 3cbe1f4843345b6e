using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Stepping;

public sealed class ActivityTests
{
    private static readonly JsonObject[] Laps = [Script("getVariable('CurrentValue') + '/' + getVariable('CurrentIndex')")];

    [Fact]
    public void Sequence_RunsInOrder_AndEndsAtATerminal()
    {
        Assert.Equal(["a", "b"], Run(Sequence("s", Write("a"), Write("b"), End("end"), Write("never"))).Written);
        Assert.Equal(["a", "after"], Run(Sequence("s", Sequence("inner", Write("a"), Activity("break", "Elsa.Break"), Write("never")), Write("after"))).Written);
    }

    [Theory]
    [InlineData("True", "then")]
    [InlineData("False", "else")]
    public void If_RunsOneBranch_ThenGoesOn(string condition, string branch)
    {
        var flow = Run(Sequence("s", Activity("if", "Elsa.If", ("condition", Literal(condition)), ("then", Write("then")), ("else", Write("else"))), Write("after")));

        Assert.Equal([branch, "after"], flow.Written);
        Assert.Equal(condition == "True", (bool)flow.State.Results["if"]!["Result"]!);
    }

    [Theory]
    [InlineData("MatchFirst", new[] { "one" })]
    [InlineData("MatchAny", new[] { "one", "three" })]
    public void Switch_RunsMatchingCases(string mode, string[] written)
    {
        var cases = new JsonArray(Case("1", "True", Write("one")), Case("2", "False", Write("two")), Case("3", "True", Write("three")));

        Assert.Equal(written, Run(Activity("switch", "Elsa.Switch", ("cases", cases), ("mode", Literal(mode)), ("default", Write("default")))).Written);
    }

    [Fact]
    public void Switch_WithoutAMatch_RunsTheDefault() =>
        Assert.Equal(["default"], Run(Activity("switch", "Elsa.Switch", ("cases", new JsonArray(Case("1", "False", Write("one")))), ("default", Write("default")))).Written);

    [Theory]
    [InlineData("MatchFirst", new[] { "one" })]
    [InlineData("MatchAny", new[] { "one", "three" })]
    public void FlowSwitch_LeavesByMatchingLabels(string mode, string[] written)
    {
        var cases = new JsonArray(Case("1", "True"), Case("2", "False"), Case("3", "True"));
        var flow = new Stepper(Flow(
            [Activity("switch", "Elsa.FlowSwitch", ("cases", cases), ("mode", Literal(mode))), Write("one"), Write("two"), Write("three"), Write("default")],
            "switch:1 -> one", "switch:2 -> two", "switch:3 -> three", "switch:Default -> default")).Start();

        Assert.Equal(written, flow.Written);
    }

    [Theory]
    [InlineData("1", "3", null, null, new[] { "1", "2", "3" })]
    [InlineData("1", "3", null, "False", new[] { "1", "2" })]
    [InlineData("3", "1", "-1", null, new[] { "3", "2", "1" })]
    [InlineData("0", "1", "0.5", "True", new[] { "0", "0.5", "1.0" })]
    public void For_CountsToItsEnd(string start, string end, string? by, string? inclusive, string[] written)
    {
        var loop = Activity("for", "Elsa.For", ("start", Literal(start)), ("end", Literal(end)), ("body", Activity("w", "Elsa.WriteLine", ("text", Wrapped("Variable", """{"id":"CurrentValue"}""")))));
        loop["step"] = by is null ? null : Literal(by);
        loop["outerBoundInclusive"] = inclusive is null ? null : Literal(inclusive);

        var flow = Run(loop);

        Assert.Empty(flow.State.Incidents);
        Assert.Equal(written, flow.Written);
    }

    [Fact]
    public void For_WithStepZero_IsAnIncident() =>
        Assert.Equal("step-zero", Run(Activity("for", "Elsa.For", ("end", Literal("3")), ("step", Literal("0")), ("body", Write("w")))).Incident.Code);

    [Fact]
    public void ForEach_GivesEachLapItsValueAndIndex() =>
        Assert.Equal(["x/0", "y/1"], Run(Each("Elsa.ForEach", """["x","y"]""", Activity("w", "Elsa.WriteLine", ("text", Laps[0].DeepClone())))).Written);

    [Fact]
    public void ForEach_OverNoList_IsAnIncident() =>
        Assert.Equal("items-no-list", Run(Each("Elsa.ForEach", """{"a":1}""", Write("w"))).Incident.Code);

    [Fact]
    public void ForEach_WithAWaitInTheBody_RemembersItsPlace()
    {
        var flow = Run(Each("Elsa.ForEach", """["x","y"]""", Sequence("s", Task("t"), Activity("w", "Elsa.WriteLine", ("text", Laps[0].DeepClone())))));

        Assert.True(flow.Complete("t").Complete("t").IsFinished);
        Assert.Equal(["x/0", "y/1"], flow.Written);
    }

    [Fact]
    public void Break_DeepInsideABody_EndsTheLoop()
    {
        var body = Sequence("s", Write("w"), Activity("if", "Elsa.If", ("condition", Script("getVariable('CurrentIndex') == 1")), ("then", Flowchart("f", [Activity("break", "Elsa.Break")]))), Write("lap"));
        var flow = Run(Sequence("all", Each("Elsa.ForEach", "[1,2,3]", body), Write("after")));

        Assert.Equal(["w", "lap", "w", "after"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void While_AsksBeforeEachLap()
    {
        var loop = Activity("while", "Elsa.While", ("condition", Script("getVariable('n') < 3")), ("body", SetVariable("set", "n", Script("getVariable('n') + 1"))));
        var flow = new Stepper(Workflow(Sequence("s", loop, Activity("w", "Elsa.WriteLine", ("text", Script("'' + getVariable('n')")))), d => d["variables"]!.AsArray().Add(Variable("n", "Int32", "0")))).Start();

        Assert.Equal(["3"], flow.Written);
    }

    [Fact]
    public void ParallelForEach_RunsAllAtOnce_AndWaitsForAll()
    {
        var flow = Run(Sequence("s", Each("Elsa.ParallelForEach", """["x","y"]""", Activity("t", "Elsa.RunTask", ("taskName", Laps[0].DeepClone()))), Write("after")));

        Assert.Equal(["x/0", "y/1"], flow.Waiting);
        Assert.Empty(flow.Complete("y/1").Written);
        Assert.Equal(["after"], flow.Complete("x/0").Written);
    }

    [Fact]
    public void Delay_WaitsForTheSpan()
    {
        var flow = Run(Activity("d", "Elsa.Delay", ("timeSpan", Literal("2.00:00:00"))));

        Assert.Equal(Stepper.Begin.AddDays(2), Assert.Single(flow.State.Waits).Due);
        Assert.True(flow.Fire().IsFinished);
        Assert.Equal("span-unreadable", Run(Activity("d", "Elsa.Delay", ("timeSpan", Literal("soon")))).Incident.Code);
    }

    [Fact]
    public void StartAt_WaitsForTheInstant_AndPassesThroughAPastOne()
    {
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero), Assert.Single(Run(StartAt("2026-06-01T10:00:00+01:00")).State.Waits).Due);
        Assert.True(Run(StartAt("2020-01-01T00:00:00Z")).IsFinished);
        Assert.Equal("instant-unreadable", Run(StartAt("someday")).Incident.Code);

        static JsonObject StartAt(string text) => Activity("at", "Elsa.StartAt", ("dateTime", Literal(text)));
    }

    [Theory]
    [InlineData("0 12 * * *", "2026-03-02T12:00:00Z")]
    [InlineData("30 0 9 * * *", "2026-03-02T09:00:30Z")]
    public void Cron_WaitsForTheNextOccurrence(string cron, string due) =>
        Assert.Equal(DateTimeOffset.Parse(due, null), Assert.Single(Run(Activity("c", "Elsa.Cron", ("cronExpression", Literal(cron)))).State.Waits).Due);

    [Fact]
    public void Timer_InsideAFlow_WaitsOneInterval_AndAsTheTriggerCompletes()
    {
        var timer = Activity("timer", "Elsa.Timer", ("interval", Literal("00:30:00")), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));

        Assert.Equal(Stepper.Begin.AddMinutes(30), Assert.Single(Run(timer).State.Waits).Due);
        Assert.True(new Stepper(Flow([timer.DeepClone().AsObject()])).Start(trigger: "timer").IsFinished);
    }

    [Fact]
    public void Event_TakesItsPayload_AndAsTheTriggerCompletesAtOnce()
    {
        var @event = Activity("e", "Elsa.Event", ("eventName", Literal("charged")), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));
        var flow = Run(@event);

        Assert.Equal((WaitKind.Event, "charged", false), (flow.State.Waits[0].Kind, flow.State.Waits[0].Name, flow.State.Waits[0].TakesBuffered));
        flow.Complete("charged", new JsonObject { ["urn"] = "01AB" });
        Assert.Equal("01AB", (string?)flow.State.Results["e"]!["Result"]!["urn"]);

        Assert.True(new Stepper(Flow([@event.DeepClone().AsObject()])).Start(trigger: "e").IsFinished);
    }

    [Fact]
    public void Trigger_ReachedAgainByALoop_Waits()
    {
        var @event = Activity("e", "Elsa.Event", ("eventName", Literal("charged")), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));
        var flow = new Stepper(Flow([@event, Write("w")], "e -> w", "w -> e")).Start(trigger: "e");

        Assert.Equal(["charged"], flow.Waiting);
        Assert.Equal(["w"], flow.Written);
    }

    [Fact]
    public void PublishEvent_RaisesIt()
    {
        var flow = Run(Activity("p", "Elsa.PublishEvent", ("eventName", Literal("charged")), ("correlationId", Literal("case 1")), ("isLocalEvent", Literal("True")), ("payload", Wrapped("Object", """{"a":1}"""))));

        var raised = Assert.Single(flow.Effects.OfType<RaiseEvent>());
        Assert.Equal(("charged", "case 1", true, false, """{"a":1}"""), (raised.Name, raised.Key, raised.LocalOnly, raised.Buffered, raised.Payload!.ToJsonString()));
    }

    [Fact]
    public void RunTask_ItsTaskId_IsTheWaits()
    {
        var flow = Run(Activity("t", "Elsa.RunTask", ("taskName", Literal("check")), ("payload", Wrapped("Object", """{"a":1}"""))));

        Assert.Equal(flow.Wait("check").Id, (string?)flow.State.Results["t"]!["TaskId"]);
        Assert.Equal("""{"payload":{"a":1}}""", flow.Wait("check").Spec!.ToJsonString());
        Assert.Equal(42, (int)flow.Complete("check", JsonValue.Create(42)).State.Results["t"]!["Result"]!);
    }

    [Fact]
    public void RunJavaScript_ChoosesOutcomes_AndWritesVariables()
    {
        var flow = new Stepper(Workflow(
            Flowchart("flow", [Activity("s", "Elsa.RunJavaScript", ("script", Literal("setVariable('n', 7); setOutcome('Yes'); 'value'"))), Activity("yes", "Elsa.WriteLine", ("text", Script("getOutputFrom('s') + getVariable('n')"))), Write("no")], "s:Yes -> yes", "s:No -> no"),
            d => d["variables"]!.AsArray().Add(Variable("n", "Int32")))).Start();

        Assert.Equal(["value7"], flow.Written);
    }

    [Fact]
    public void SetVariable_OutOfReach_IsAnIncident() =>
        Assert.Equal("unknown-variable", Run(SetVariable("set", "none", Literal("1"))).Incident.Code);

    [Fact]
    public void SetVariable_TextForANumber_BecomesOne()
    {
        var flow = new Stepper(Workflow(Sequence("s", SetVariable("set", "n", Literal("41")), Activity("w", "Elsa.WriteLine", ("text", Script("getVariable('n') + 1")))), d => d["variables"]!.AsArray().Add(Variable("n", "Int32")))).Start();

        Assert.Equal(["42"], flow.Written);
    }

    [Fact]
    public void Variable_OfAnInnerScope_HidesTheOuterAndEndsWithIt()
    {
        var inner = Sequence("inner", SetVariable("set", "inner-n", Literal("2")), Read("r1"));
        inner["variables"] = new JsonArray(Named("inner-n", "n", "9"));
        var flow = new Stepper(Workflow(Sequence("s", inner, Read("r2")), d => d["variables"]!.AsArray().Add(Named("outer-n", "n", "1")))).Start();

        Assert.Equal(["2", "1"], flow.Written);

        static JsonObject Read(string id) => Activity(id, "Elsa.WriteLine", ("text", Script("getVariable('n')")));
        static JsonObject Named(string id, string name, string value)
        {
            var variable = Variable(name, "Int32", value);
            variable["id"] = id;
            return variable;
        }
    }

    [Fact]
    public void SetNameAndCorrelate_ShowOnTheInstance()
    {
        var flow = Run(Sequence("s", Activity("n", "Elsa.SetName", ("value", Literal("R v Doe"))), Activity("c", "Elsa.Correlate", ("correlationId", Literal("01AB")))));

        Assert.Equal(("R v Doe", "01AB"), (flow.State.Name, flow.State.CorrelationId));
    }

    [Fact]
    public void Finish_DeepInside_EndsTheInstance()
    {
        var flow = new Stepper(Flow([Fork("fork", "A", "B"), Task("a"), Sequence("s", Activity("f", "Elsa.Finish"), Write("never"))], "fork:A -> a", "fork:B -> s")).Start();

        Assert.True(flow.IsFinished);
        Assert.Empty(flow.Written);
    }

    [Fact]
    public void Fault_CarriesItsCodeAndMessage()
    {
        var incident = Run(Activity("f", "Elsa.Fault", ("code", Literal("no-court")), ("message", Literal("No court sits there.")))).Incident;

        Assert.Equal(("no-court", "No court sits there."), (incident.Code, incident.Message));
    }

    [Theory]
    [InlineData("Elsa.ExecuteWorkflow", false)]
    [InlineData("Elsa.DispatchWorkflow", true)]
    public void ChildWorkflow_WaitedFor_GivesItsOutput(string type, bool knowsParent)
    {
        var flow = Run(Activity("c", type, ("workflowDefinitionId", Literal("other")), ("input", Wrapped("Object", """{"a":1}""")), ("waitForCompletion", Literal("True"))));
        var start = Assert.Single(flow.Effects.OfType<StartChild>());

        Assert.Equal(("other", flow.State.Waits[0].Id, start.InstanceId), (start.DefinitionId, start.WaitId, flow.State.Waits[0].ChildId));
        Assert.Equal(knowsParent ? Stepper.InstanceId : null, (string?)start.Input["ParentInstanceId"]);
        flow.Complete("other", new JsonObject { ["Answer"] = 1 }, "Completed");
        Assert.Equal("""{"Answer":1}""", flow.State.Results["c"]!["Result"]!.ToJsonString());
        Assert.Empty(flow.Effects.OfType<CancelChild>());
    }

    [Fact]
    public void ChildWorkflow_NotWaitedFor_IsLeftToItself()
    {
        var flow = Run(Activity("c", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Literal("other"))));

        Assert.True(flow.IsFinished);
        Assert.Null(Assert.Single(flow.Effects.OfType<StartChild>()).WaitId);
    }

    [Fact]
    public void WorkflowUsedAsActivity_HasItsOwnInputsVariablesOutputsAndOutcomes()
    {
        var sub = Workflow(
            Flowchart(
                "flow",
                [
                    SetVariable("set", "n", Script("getInput('Start') + 1")),
                    Task("inner"),
                    Activity("out", "Elsa.SetOutput", ("outputName", Literal("Total")), ("outputValue", Script("getVariable('n')"))),
                    Activity("complete", "Elsa.Complete", ("outcomes", Wrapped("Object", """["Good"]"""))),
                ],
                "set -> inner", "inner -> out", "out -> complete"),
            d =>
            {
                d["variables"]!.AsArray().Add(Variable("n", "Int32", "100"));
                d["inputs"] = new JsonArray(new JsonObject { ["name"] = "Start", ["type"] = "Int32" });
                d["outputs"] = new JsonArray(new JsonObject { ["name"] = "Total", ["type"] = "Int32" });
                d["outcomes"] = new JsonArray("Good", "Bad");
            },
            "sub");
        var used = Activity("used", "Sub", ("workflowDefinitionId", "sub"), ("start", null), ("total", new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "n" } }));
        used["start"] = Script("getVariable('n') * 10");
        var flow = new Stepper(
            Workflow(
                Flowchart("flow", [used, Activity("good", "Elsa.WriteLine", ("text", Script("'good ' + getVariable('n')"))), Write("bad")], "used:Good -> good", "used:Bad -> bad"),
                d => d["variables"]!.AsArray().Add(Variable("n", "Int32", "4"))),
            (_, _) => sub).Start();

        flow.Complete("inner");

        Assert.Equal(["good 41"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    private static Stepper Run(JsonObject root) => new Stepper(Workflow(root)).Start();

    private static JsonObject Each(string type, string items, JsonObject body) => Activity("each", type, ("items", Wrapped("Object", items)), ("body", body));

    private static JsonObject Case(string label, string value, JsonObject? activity = null) =>
        new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "Literal", ["value"] = value }, ["activity"] = activity };
}
