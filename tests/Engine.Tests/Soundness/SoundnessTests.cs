using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Xunit;
using static Assize.TestKit.Definitions.Draw;
using static Assize.TestKit.Definitions.TestActivities;

namespace Assize.Engine.Tests.Soundness;

public sealed class SoundnessTests
{
    [Fact]
    public void Sequence_ToAnEnd_IsSound()
    {
        Sound(Flow([Task("a"), Task("b"), End("end")], "a -> b", "b -> end"));
    }

    [Theory]
    [InlineData("WaitAllActive")]
    [InlineData("WaitAny")]
    [InlineData(null)]
    public void ForkAndJoin_WithADecision_IsSound(string? mode)
    {
        Sound(Flow(
            [Fork("fork", "A", "B"), Choice("a", "Yes", "No"), Task("more"), Task("b"), Join("join", mode), End("end")],
            "fork:A -> a", "fork:B -> b", "a:Yes -> join", "a:No -> more", "more -> join", "b -> join", "join -> end"));
    }

    [Fact]
    public void WaitAll_BehindADecision_StopsBeforeAnEnd()
    {
        var finding = Unsound("flow-runs-dry", Flow(
            [Fork("fork", "A", "B"), Choice("a", "Yes", "No"), Task("no"), Task("b"), Join("join", "WaitAll"), End("end")],
            "fork:A -> a", "fork:B -> b", "a:Yes -> join", "a:No -> no", "b -> join", "join -> end"));

        Assert.Contains("“a” answers No", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outcome_WithoutALine_StopsBeforeAnEnd()
    {
        var finding = Unsound("flow-runs-dry", Flow([Choice("a", "Yes", "No"), End("end")], "a:Yes -> end"));

        Assert.Equal("After “a” answers No, nothing follows “a”: no line leaves it by No, and the flow stops before an end.", finding.Message);
        Assert.Equal(["", "No"], finding.Path.Select(p => p.Outcome));
    }

    [Fact]
    public void FlowWithoutAnEnd_ThatEndsWithItsLastStep_IsSound()
    {
        Sound(Flow([Choice("a", "Yes", "No"), Task("b")], "a:Yes -> b"));
    }

    [Fact]
    public void End_WhileAnotherBranchRuns_LeavesItRunning()
    {
        var finding = Unsound("left-running", Flow([Fork("fork", "A", "B"), Task("a"), Task("b"), End("end")], "fork:A -> a", "fork:B -> b", "a -> end"));

        Assert.Equal("b", finding.ActivityId);
    }

    [Fact]
    public void TokenMerge_BehindADecision_WaitsForEver()
    {
        var finding = Unsound("waits-for-ever", Tokens(
            [Fork("fork", "A", "B"), Choice("a", "Yes", "No"), Task("no"), Task("b"), Join("join", "WaitAll"), End("end")],
            "fork:A -> a", "fork:B -> b", "a:Yes -> join", "a:No -> no", "b -> join", "join -> end"));

        Assert.Contains("“join” waits for ever for “a”", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loop_WithAWait_IsSound()
    {
        Sound(Flow([Task("a"), Choice("again", "Again", "On"), End("end")], "a -> again", "again:Again -> a", "again:On -> end"));
    }

    [Fact]
    public void Loop_WithoutAnExit_HasNoEnd()
    {
        Unsound("no-end", Flow([Choice("first", "In", "Out"), Task("a"), Task("b"), End("end")], "first:Out -> end", "first:In -> a", "a -> b", "b -> a"));
    }

    [Fact]
    public void Loop_WithoutAWait_IsFound()
    {
        var finding = Unsound("loop-without-wait", Flow([Write("a"), Decision("again", Script("1")), End("end")], "a -> again", "again:True -> a", "again:False -> end"));

        Assert.Contains("“again” can go round", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loop_ThatNeverAsks_ReachesTheStepLimit()
    {
        Unsound("step-limit", Flow([Write("a"), Write("b")], "a -> b", "b -> a"));
    }

    [Fact]
    public void Step_WithoutALine_NeverRuns()
    {
        var finding = Unsound("never-runs", Flow([Task("a"), End("end"), Task("alone")], "a -> end"));

        Assert.Equal("alone", finding.ActivityId);
    }

    [Theory]
    [InlineData("Elsa.If", "condition", "then")]
    [InlineData("Elsa.While", "condition", "body")]
    [InlineData("Elsa.ForEach", "items", "body")]
    [InlineData("Elsa.ParallelForEach", "items", "body")]
    [InlineData("Elsa.For", "end", "body")]
    public void Container_WithAWait_IsSound(string type, string input, string port)
    {
        Sound(Flow([Activity("around", type, (input, Script("x")), (port, Sequence("steps", Task("a"), Task("b")))), End("end")], "around -> end"));
    }

    [Fact]
    public void While_WithoutAWait_IsFound()
    {
        Unsound("loop-without-wait", Flow([Activity("around", "Elsa.While", ("condition", Script("x")), ("body", Write("a"))), End("end")], "around -> end"));
    }

    [Fact]
    public void Switch_OfManyCases_RunsWhatIsTrue()
    {
        JsonArray cases = [.. new[] { "a", "b" }.Select(id => new JsonObject { ["label"] = id, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "x" }, ["activity"] = Task(id) })];

        Sound(Flow([Activity("switch", "Elsa.Switch", ("cases", cases), ("mode", Literal("MatchAny")), ("default", Task("none"))), End("end")], "switch -> end"));
    }

    [Fact]
    public void ComputedJoin_IsUnknown()
    {
        var verdict = Check(Flow([Activity("join", "Elsa.FlowJoin", ("mode", Script("x"))), End("end")], "join -> end"));

        Assert.Equal(SoundnessKind.Unknown, verdict.Kind);
        Assert.Contains("the mode of “join” is computed", verdict.Reason, StringComparison.Ordinal);
    }

    private static void Sound(WorkflowDefinition definition)
    {
        var verdict = Check(definition);
        Assert.True(verdict.Kind == SoundnessKind.Sound, verdict.Reason + string.Join("\n", verdict.Findings.Select(f => f.Message)));
    }

    private static SoundnessFinding Unsound(string code, WorkflowDefinition definition)
    {
        var verdict = Check(definition);
        Assert.Equal(SoundnessKind.Unsound, verdict.Kind);
        return verdict.Findings.First(f => f.Code == code);
    }

    private static SoundnessVerdict Check(WorkflowDefinition definition) => new SoundnessCheck(Table, (_, _) => null).Of(definition);

    private static WorkflowDefinition Tokens(JsonObject[] activities, params string[] connections) =>
        Workflow(Flowchart("flow", activities, connections), d => d["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" });
}
