using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Stepping;

public sealed class StartTriggersTests
{
    [Fact]
    public void Read_GivesEveryTriggerThatMayStart_NestedOnesToo()
    {
        var nested = Sequence("inner", Trigger("inside", "Elsa.Cron", "cronExpression", Literal("*/5 * * * *")));
        var definition = Workflow(
            Flowchart("flow", [Trigger("bell", "Elsa.Event", "eventName", Literal("rung")), Activity("later", "Elsa.Event", ("eventName", Literal("later"))), Trigger("every", "Elsa.Timer", "interval", Script("getVariable('pause')")), nested]),
            d => d["variables"]!.AsArray().Add(Variable("pause", "String", "00:30:00")));

        var (triggers, problems) = StartTriggers.Read(definition, Stepper.Begin);

        Assert.Empty(problems);
        Assert.Equal(
            [("bell", "rung", ""), ("every", "", "00:30:00"), ("inside", "", "*/5 * * * *")],
            triggers.Select(t => (t.ActivityId, t.EventName, t.Schedule)));
    }

    [Theory]
    [InlineData("Elsa.Event", "eventName", "")]
    [InlineData("Elsa.Timer", "interval", "00:00:00.5")]
    [InlineData("Elsa.Timer", "interval", "often")]
    [InlineData("Elsa.Cron", "cronExpression", "0 9 30 2 *")]
    [InlineData("Elsa.Cron", "cronExpression", "daily")]
    [InlineData("Elsa.StartAt", "dateTime", "soon")]
    public void Read_OfWhatCannotBeTold_NamesTheStep(string type, string member, string value)
    {
        var problem = Assert.Single(StartTriggers.Read(Flow([Trigger("step", type, member, Literal(value))]), Stepper.Begin).Problems);

        Assert.Equal(("trigger-unreadable", "step"), (problem.Code, problem.ActivityId));
    }

    [Fact]
    public void Read_OfAScriptThatNeedsAnInstance_IsAProblem() => Assert.Single(
        StartTriggers.Read(Flow([Trigger("step", "Elsa.Event", "eventName", Script("getVariable('nobody')"))]), Stepper.Begin).Problems);

    [Theory]
    [InlineData("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z")]
    [InlineData("2026-03-02T10:00:00Z", "2026-03-02T10:59:59Z", "2026-03-02T11:00:00Z")]
    [InlineData("2026-03-02T10:00:00Z", "2026-04-02T10:30:00Z", "2026-04-02T11:00:00Z")]
    public void NextDue_OfATimer_IsTheFirstOfItsSeriesThatIsAhead(string due, string now, string next) =>
        Assert.Equal(At(next), new StartTrigger("t", StartTriggerKind.Timer, "", "01:00:00").NextDue(At(due), At(now)));

    [Fact]
    public void FirstDue_OfAnInstantThatIsPast_IsNever() =>
        Assert.Null(new StartTrigger("t", StartTriggerKind.StartAt, "", "2026-03-02T10:00:00Z").FirstDue(At("2026-03-02T10:00:00Z")));

    [Theory]
    [InlineData(RuleSet.First, "2026-07-01T09:00:00Z")]
    [InlineData(RuleSet.Current, "2026-07-01T08:00:00Z")]
    public void CronInsideAFlow_IsInLondonTime_ButForInstancesOfTheFirstRules(int ruleSet, string due)
    {
        var flow = new Stepper(Flow([Activity("nine", "Elsa.Cron", ("cronExpression", Literal("0 9 * * *")))])) { Now = At("2026-07-01T00:00:00Z") };

        flow.Start(ruleSet: ruleSet);

        Assert.Equal((ruleSet, At(due)), (flow.State.RuleSet, Assert.Single(flow.State.Waits).Due!.Value));
    }

    [Fact]
    public void StartOfAnOldJournal_NamesNoRuleSet_AndKeepsTheFirst()
    {
        var stimulus = InstanceJson.ReadStimulus("""{"actor":"a","body":{"$kind":"start","input":{},"pins":{}},"now":"2026-03-02T09:00:00.000000Z","requestId":"r"}""");
        var flow = new Stepper(Flow([Task("a")]));

        flow.Take(stimulus.Body);

        Assert.Equal(RuleSet.First, flow.State.RuleSet);
        Assert.DoesNotContain("ruleSet", InstanceJson.Write(stimulus), StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, null);

    private static JsonObject Trigger(string id, string type, string member, JsonObject value) =>
        Activity(id, type, (member, value), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));
}
