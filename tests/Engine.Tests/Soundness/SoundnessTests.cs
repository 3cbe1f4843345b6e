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
    public void Fault_ThatManyWaysComeTo_IsToldOnce()
    {
        var verdict = Check(Flow(
            [Fork("fork", "A", "B"), Task("a"), Activity("wrong", "Elsa.Fault"), Choice("b", "Yes", "No"), Task("yes"), Task("no")],
            "fork:A -> a", "a -> wrong", "fork:B -> b", "b:Yes -> yes", "b:No -> no"));

        Assert.Equal(["wrong"], verdict.Findings.Where(f => f.Code == "fault").Select(f => f.ActivityId));
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

    [Fact]
    public void Workflows_ThatWaitForEachOtherForEver_HaveNoEnd()
    {
        var (one, other) = (Calling("one", "other"), Calling("other", "one"));

        var verdict = new SoundnessCheck(Table, (id, _) => id == "one" ? one : other).Of(one);

        Assert.Contains("“call” waits for ever for the workflow “other”, which cannot end", Assert.Single(verdict.Findings, f => f.Code == "no-end").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recursion_ThatPeopleCanEnd_IsSound()
    {
        var self = Workflow(Flowchart("flow", [Choice("again", "Again", "On"), Call("call", "self"), End("end")], "again:Again -> call", "again:On -> end", "call -> end"), id: "self");

        Assert.Equal(SoundnessKind.Sound, new SoundnessCheck(Table, (_, _) => self).Of(self).Kind);
    }

    [Fact]
    public void Recursion_WithoutAWait_IsFound()
    {
        var self = Workflow(Flowchart("flow", [Decision("again", Script("1")), Call("call", "self"), End("end")], "again:True -> call", "again:False -> end", "call -> end"), id: "self");

        var verdict = new SoundnessCheck(Table, (_, _) => self).Of(self);

        Assert.Equal("“self”, which starts “self” again, without end and without waiting for anything else.", Assert.Single(verdict.Findings).Message);
    }

    [Fact]
    public void Child_ThatIsUnsound_MakesItsParentUnsound()
    {
        var child = Workflow(Flowchart("flow", [Choice("a", "Yes", "No"), End("end")], "a:Yes -> end"), id: "child");

        var verdict = new SoundnessCheck(Table, (_, _) => child).Of(Calling("parent", "child"));

        Assert.Equal("child-unsound", Assert.Single(verdict.Findings).Code);
    }

    [Fact]
    public void TooManyStates_IsUnknownAndStopsAtTheBound()
    {
        // Every branch may cancel all others, so no order of them comes to the same.
        string[] branches = [.. Enumerable.Range(0, 12).Select(i => $"B{i}")];
        JsonObject[] tasks = [.. branches.SelectMany(b => new[] { Choice($"{b}a", "Go", "Stop"), Task($"{b}b"), Task($"{b}c") })];
        string[] lines = [.. branches.SelectMany(b => new[] { $"fork:{b} -> {b}a", $"{b}a:Go -> {b}b", $"{b}b -> {b}c", $"{b}a:Stop -> join", $"{b}c -> join" })];

        var verdict = new SoundnessCheck(Table, (_, _) => null, new SoundnessBounds(500, 3_000, 100_000, 500)).Of(Flow([Fork("fork", branches), .. tasks, Join("join", "WaitAny"), End("end")], [.. lines, "join -> end"]));

        Assert.Equal(SoundnessKind.Unknown, verdict.Kind);
        Assert.InRange(verdict.Effort.States, 500, 502);
    }

    [Fact]
    public void ManyWorkflowsThatAllExplode_TakeNoMoreThanAFewAlone()
    {
        // Each waits for all others in branches of which any may cancel the rest: however often they have to be looked at again, it ends.
        string[] ids = [.. Enumerable.Range(0, 30).Select(i => $"w{i}")];
        var all = ids.ToDictionary(id => id, id =>
        {
            string[] others = [.. ids.Where(o => o != id)];
            string[] lines = [.. others.SelectMany(o => new[] { $"fork:{o} -> t{o}", $"t{o} -> c{o}", $"c{o} -> join" })];
            return Workflow(Flowchart("flow", [Fork("fork", others), .. others.SelectMany(o => new[] { Task($"t{o}"), Call($"c{o}", o) }), Join("join", "WaitAny"), End("end")], [.. lines, "join -> end"]), id: id);
        });

        var verdict = new SoundnessCheck(Table, (id, _) => all[id], new SoundnessBounds(200, 400, 20_000, 100)).Of(all["w0"]);

        Assert.Equal(SoundnessKind.Unknown, verdict.Kind);
        Assert.InRange(verdict.Effort.Steps, 1, (4 * 400) + (30 * 60));
    }

    [Fact]
    public void ManyParallelBranches_AreExploredOnceEach()
    {
        string[] branches = [.. Enumerable.Range(0, 12).Select(i => $"B{i}")];
        JsonObject[] tasks = [.. branches.SelectMany(b => new[] { Task($"{b}a"), Task($"{b}b"), Task($"{b}c") })];
        string[] lines = [.. branches.SelectMany(b => new[] { $"fork:{b} -> {b}a", $"{b}a -> {b}b", $"{b}b -> {b}c", $"{b}c -> join" })];

        var verdict = Check(Flow([Fork("fork", branches), .. tasks, Join("join", "WaitAllActive"), End("end")], [.. lines, "join -> end"]));

        Assert.Equal(SoundnessKind.Sound, verdict.Kind);
        Assert.InRange(verdict.Effort.States, 1, 50);
    }

    [Theory]
    [InlineData("WaitAllActive", false)]
    [InlineData("WaitAny", false)]
    [InlineData("WaitAllActive", true)]
    [InlineData("WaitAny", true)]
    public void LoopThatPassesALineAgainAndAgain_HasFewStates(string mode, bool byTokens)
    {
        JsonObject[] steps = [Fork("fork", "A", "B"), Choice("a", "Again", "On"), Choice("again", "Again", "On"), Task("b"), Join("join", mode), End("end")];
        string[] lines = ["fork:A -> a", "fork:B -> b", "a:Again -> again", "again:Again -> a", "again:On -> join", "a:On -> join", "b -> join", "join -> end"];

        var verdict = Check(byTokens ? Tokens(steps, lines) : Flow(steps, lines));

        Assert.NotEqual(SoundnessKind.Unknown, verdict.Kind);
        Assert.InRange(verdict.Effort.States, 1, 60);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhichBranchWasFirst_IsForgottenBehindTheJoin(bool byTokens)
    {
        string[] races = [.. Enumerable.Range(0, 10).Select(i => $"R{i}")];
        JsonObject[] steps = [.. races.SelectMany(r => new[] { Fork($"{r}fork", "A", "B", "C"), Task($"{r}a"), Task($"{r}b"), Choice($"{r}again", "Again", "On"), Join($"{r}join", "WaitAny") }), End("end")];
        string[] lines = [.. races.SelectMany(r => new[] { $"{r}fork:A -> {r}a", $"{r}fork:B -> {r}b", $"{r}fork:C -> {r}again", $"{r}again:Again -> {r}again", $"{r}a -> {r}join", $"{r}b -> {r}join", $"{r}again:On -> {r}join" })];
        string[] onward = [.. races.Zip([.. races.Skip(1).Select(r => $"{r}fork"), "end"]).Select(pair => $"{pair.First}join -> {pair.Second}")];

        var verdict = Check(byTokens ? Tokens(steps, [.. lines, .. onward]) : Flow(steps, [.. lines, .. onward]));

        Assert.Equal(SoundnessKind.Sound, verdict.Kind);
        Assert.InRange(verdict.Effort.States, 1, 300);
    }

    [Fact]
    public void JoinThatCountsTheRoundsOfTwoLoops_IsUnknown()
    {
        var verdict = Check(Flow(
            [Fork("fork", "A", "B"), Task("a"), Choice("againA", "Again", "On"), Task("b"), Choice("againB", "Again", "On"), Join("join", "WaitAllActive"), Task("joined"), Join("all", "WaitAllActive"), End("end")],
            "fork:A -> a", "a -> join", "a -> againA", "againA:Again -> a", "againA:On -> all", "fork:B -> b", "b -> join", "b -> againB", "againB:Again -> b", "againB:On -> all", "join -> joined", "joined -> all", "all -> end"),
            SoundnessBounds.Usual with { StepsAfterFinding = 30_000 });

        Assert.NotEqual(SoundnessKind.Sound, verdict.Kind);
    }

    [Fact]
    public void WorkflowThatIsWaitedFor_ByOneThatIsUsed_IsLookedAtToo()
    {
        var plain = Workflow(Flowchart("flow", [Task("a")]), id: "a");
        var used = Workflow(Flowchart("flow", [Call("call", "c")]), id: "b");
        var drawn = Workflow(Flowchart("flow", [Activity("b", "B", ("workflowDefinitionId", "b")), End("end")], "b -> end"), id: "a");
        WorkflowDefinition Waiting(string other) => Calling("c", other);

        SoundnessVerdict Of(string other) => new SoundnessCheck(Table, (id, version) => (id, version) switch { ("a", null) => plain, ("b", 1) => used, ("c", null) => Waiting(other), _ => null }).Of(drawn);

        var circle = Of("a");
        Assert.Equal(SoundnessKind.Unsound, circle.Kind);
        Assert.Contains("waits for ever for the workflow “c”, which cannot end", circle.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains(circle.Findings, f => f.Code == "recursion-without-wait");
        Assert.Equal(SoundnessKind.Sound, Of("elsewhere").Kind);
    }

    [Fact]
    public void OutcomesThatAUsedWorkflowComputes_AreNotTakenForNone()
    {
        var asking = Workflow(Flowchart("flow", [Activity("by", "Elsa.Complete", ("outcomes", Script("['Again']")))]), d => d["outcomes"] = new JsonArray("Again", "On"), "ask");
        var drawn = Flow([Write("a"), Activity("ask", "Ask", ("workflowDefinitionId", "ask"))], "a -> ask", "ask:Again -> a");

        Assert.Equal(SoundnessKind.Unknown, new SoundnessCheck(Table, (_, _) => asking).Of(drawn).Kind);
        Assert.Equal(SoundnessKind.Sound, Check(asking).Kind);
    }

    private static WorkflowDefinition Calling(string id, string other) => Workflow(Flowchart("flow", [Call("call", other), End("end")], "call -> end"), id: id);

    private static JsonObject Call(string id, string workflow) =>
        Activity(id, "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Literal(workflow)), ("waitForCompletion", Literal("True")));

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

    private static SoundnessVerdict Check(WorkflowDefinition definition, SoundnessBounds? bounds = null) => new SoundnessCheck(Table, (_, _) => null, bounds).Of(definition);

    private static WorkflowDefinition Tokens(JsonObject[] activities, params string[] connections) =>
        Workflow(Flowchart("flow", activities, connections), d => d["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" });
}
