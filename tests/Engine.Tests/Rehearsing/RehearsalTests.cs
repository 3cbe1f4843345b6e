using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Engine.Tests.Rehearsing;

public sealed class RehearsalTests
{
    private static readonly string s_first = Flow([Draw.Task("a"), Draw.Task("b"), Draw.Task("c")], "a -> b", "b -> c");

    [Fact]
    public void Run_OfTheSameVersion_IsTheSame()
    {
        var rehearsed = new RecordedCase(s_first).Complete("a").Rehearse(s_first);

        Assert.Equal((RehearsalClass.Same, "same"), (rehearsed.Verdict.Class, rehearsed.Verdict.Code));
    }

    [Fact]
    public void Run_AStepThatIsNewBehind_IsTheSame_AndOneInThePast_MovesByItself()
    {
        var first = new RecordedCase(s_first).Complete("a");
        var behind = Flow([Draw.Task("a"), Draw.Task("b"), Draw.Task("c"), Draw.Task("d")], "a -> b", "b -> c", "c -> d");
        var past = Flow([Draw.Write("w"), Draw.Task("a"), Draw.Task("b"), Draw.Task("c")], "w -> a", "a -> b", "b -> c");

        Assert.Equal(RehearsalClass.Same, first.Rehearse(behind).Verdict.Class);
        Assert.Equal(RehearsalClass.Moves, first.Rehearse(past).Verdict.Class);
    }

    [Fact]
    public void Run_ATaskThatIsNewInThePast_NeedsAMapping_AndSaysWhichStep()
    {
        var first = new RecordedCase(s_first).Complete("a").Complete("b");
        var changed = Flow([Draw.Task("a"), Draw.Task("check"), Draw.Task("b"), Draw.Task("c")], "a -> check", "check -> b", "b -> c");

        var verdict = first.Rehearse(changed).Verdict;
        var mapped = first.Rehearse(changed, new StepMapping { Passed = StepMapping.None.Passed.Add("check", new PassedStep(null)) });

        Assert.Equal((RehearsalClass.NeedsMapping, "step-not-reached", "b", 3L), (verdict.Class, verdict.Code, verdict.ActivityId, verdict.Sequence));
        Assert.Contains("check", verdict.Words, StringComparison.Ordinal);
        Assert.Equal(RehearsalClass.Moves, mapped.Verdict.Class);
        Assert.Equal(first.State.Waits.Single().Id, mapped.After!.Value.State.Waits.Single().Id);
    }

    [Fact]
    public void Run_AStepThatIsGone_WhereItWaits_NeedsAMapping_AndBehindIt_MovesByItself()
    {
        var without = Flow([Draw.Task("a"), Draw.Task("c")], "a -> c");

        var waits = new RecordedCase(s_first).Complete("a").Rehearse(without).Verdict;
        var past = new RecordedCase(s_first).Complete("a").Complete("b").Rehearse(without).Verdict;

        Assert.Equal((RehearsalClass.NeedsMapping, "wait-new", "c"), (waits.Class, waits.Code, waits.ActivityId));
        Assert.Equal(RehearsalClass.Moves, past.Class);
    }

    [Fact]
    public void Run_AStepThatIsCalledOtherwise_MovesWhereSomebodySaysWhich()
    {
        var renamed = Flow([Draw.Task("a"), Draw.Task("b2"), Draw.Task("c")], "a -> b2", "b2 -> c");
        var first = new RecordedCase(s_first).Complete("a");

        var mapped = first.Rehearse(renamed, new StepMapping { Renamed = StepMapping.None.Renamed.Add("b", "b2") });

        Assert.Equal(RehearsalClass.NeedsMapping, first.Rehearse(renamed).Verdict.Class);
        Assert.Equal(RehearsalClass.Moves, mapped.Verdict.Class);
        var wait = mapped.After!.Value.State.Waits.Single();
        Assert.Equal((first.State.Waits.Single().Id, "b2"), (wait.Id, wait.ActivityId));
    }

    [Fact]
    public void Run_AVersionThatEndsIt_OrThatFails_StrandsIt()
    {
        var ended = Flow([Draw.Task("a"), Draw.End("e")], "a -> e");
        var failing = Flow([Draw.Task("a"), Draw.SetVariable("bad", "nobody", Draw.Script("1")), Draw.Task("b")], "a -> bad", "bad -> b");
        var first = new RecordedCase(s_first).Complete("a");

        Assert.Equal((RehearsalClass.Stranded, "would-end"), Of(first.Rehearse(ended)));
        Assert.Equal((RehearsalClass.Stranded, "incident"), Of(first.Rehearse(failing)));
    }

    [Fact]
    public void Run_WorkThatWasNeverDone_NeedsAMapping()
    {
        var raises = Flow([Draw.Activity("r", "Elsa.PublishEvent", ("eventName", Draw.Literal("x"))), Draw.Task("a"), Draw.Task("b"), Draw.Task("c")], "r -> a", "a -> b", "b -> c");
        var first = new RecordedCase(s_first).Complete("a");

        Assert.Equal((RehearsalClass.NeedsMapping, "work-not-done"), Of(first.Rehearse(raises)));
        Assert.Equal(RehearsalClass.Moves, first.Rehearse(raises, new StepMapping { LeftUndone = ["r"] }).Verdict.Class);
    }

    [Fact]
    public void Run_ATimerThatIsDrawnLonger_KeepsItsInstant()
    {
        static string Delayed(string span) => Flow([Draw.Task("a"), Draw.Activity("d", "Elsa.Delay", ("timeSpan", Draw.Literal(span))), Draw.Task("b")], "a -> d", "d -> b");
        var first = new RecordedCase(Delayed("01:00:00")).Complete("a");

        var after = first.Rehearse(Delayed("2.00:00:00"));

        Assert.True(after.Verdict.IsFree);
        Assert.Equal(first.State.Waits.Single(), after.After!.Value.State.Waits.Single());
    }

    [Fact]
    public void Run_ATokenAtAJoin_StaysThere()
    {
        static string Joined(params string[] more) => Flow(
            [Draw.Fork("f", "A", "B"), Draw.Task("a"), Draw.Task("b"), Draw.Join("j", "WaitAll"), Draw.Task("c"), .. more.Select(Draw.Write)],
            [.. more.Length == 0 ? ["j -> c"] : (string[])[$"j -> {more[0]}", $"{more[0]} -> c"], "f:A -> a", "f:B -> b", "a -> j", "b -> j"]);
        var first = new RecordedCase(Joined()).Complete("a");

        first.Migrate(Joined("w"), 2).Complete("b");

        Assert.Equal("c", first.State.Waits.Single().ActivityId);
        Assert.Contains(first.Notes, n => n.ActivityId == "w");
    }

    [Fact]
    public void Run_AVersionThatMendsAnIncident_TakesItAway_AndBackAgain()
    {
        static string Branches(string variable) => DefinitionWriter.Write(Draw.Workflow(
            Draw.Flowchart("flow", [Draw.Fork("f", "A", "B"), Draw.Task("a"), Draw.SetVariable("s", variable, Draw.Script("1")), Draw.Join("j", "WaitAll")], "f:A -> a", "f:B -> s", "a -> j", "s -> j"),
            d =>
            {
                d["variables"]!.AsArray().Add(Draw.Variable("n", "Int32", "0"));
                d["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidents" };
            }));
        var (broken, mended) = (Branches("nobody"), Branches("n"));
        var one = new RecordedCase(broken);
        var before = one.State;

        Assert.Equal("s", Assert.Single(before.Incidents).ActivityId);
        Assert.Equal(RehearsalClass.Moves, one.Rehearse(mended).Verdict.Class);
        one.Migrate(mended, 2);
        Assert.Empty(one.State.Incidents);
        Assert.Equal((RehearsalClass.Stranded, "incident"), Of(one.Rehearse(broken)));
        one.Reverse(before);
        Assert.Equal(RehearsalClass.Same, one.Rehearse(broken).Verdict.Class);
    }

    [Fact]
    public void Run_AScriptThatTookItsTimeOnABusyMachine_IsNoOtherHistory()
    {
        // Longer than one script may take in a command, by the clock on the wall.
        var slow = Draw.Activity("slow", "Elsa.RunJavaScript", ("script", Draw.Literal("let a = 'a'.repeat(2000000); let n = 0; for (let i = 0; i < 12000; i++) { n += a.indexOf('b') } n")));
        var flow = Flow([Draw.Task("a"), slow, Draw.Task("b")], "a -> slow", "slow -> b");

        Assert.Equal((RehearsalClass.Same, "same"), Of(new RecordedCase(flow).Complete("a").Rehearse(flow)));
    }

    [Fact]
    public void Run_AStepThatWouldHaveAsked_WhereNobodyWasAsked_NeedsAMapping()
    {
        var asks = Flow([Draw.Task("a"), Draw.Task("b"), Draw.Task("c"), Draw.Activity("q", UnitActivities.Ask)], "a -> b", "a -> q", "b -> c");
        var first = new RecordedCase(s_first).Complete("a");

        var verdict = first.Rehearse(asks).Verdict;
        var told = first.Rehearse(asks, new StepMapping { Begun = ["q"], LeftUndone = ["q"] }).Verdict;

        Assert.Equal((RehearsalClass.NeedsMapping, "reply-missing", "q"), (verdict.Class, verdict.Code, verdict.ActivityId));
        Assert.Contains("“q” would have asked for something that was never asked.", verdict.Words, StringComparison.Ordinal);
        Assert.Equal("reply-missing", told.Code);
    }

    private static (RehearsalClass, string) Of(Rehearsed rehearsed) => (rehearsed.Verdict.Class, rehearsed.Verdict.Code);

    private static string Flow(JsonObject[] activities, params string[] connections) => DefinitionWriter.Write(Draw.Flow(activities, connections));
}
