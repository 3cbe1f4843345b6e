using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Stepping;

public sealed class TokenFlowTests
{
    [Fact]
    public void Stream_DeadPath_IsNotWaitedFor()
    {
        var flow = new Stepper(Tokens(
            [Decision("if", Literal("True")), Write("a"), Write("b"), Write("after")],
            "if:True -> a", "if:False -> b", "a -> after", "b -> after")).Start();

        Assert.Equal(["a", "after"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Stream_LiveUpstream_IsWaitedFor()
    {
        var flow = new Stepper(Tokens(
            [Fork("fork", "A", "B"), Task("a"), Task("b"), Task("after")], "fork:A -> a", "fork:B -> b", "a -> after", "b -> after")).Start();

        Assert.Equal(["b"], flow.Complete("a").Waiting);
        Assert.Equal(["after"], flow.Complete("b").Waiting);
        Assert.True(flow.Complete("after").IsFinished);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void Merge_DeadPath_Blocks(string mode)
    {
        var flow = new Stepper(Tokens(
            [Decision("if", Literal("True")), Write("a"), Write("b"), Join("join", mode), Write("after")],
            "if:True -> a", "if:False -> b", "a -> join", "b -> join", "join -> after")).Start();

        Assert.Equal(["a"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Merge_AllArrived_RunsOnce()
    {
        var flow = new Stepper(Tokens(
            [Fork("fork", "A", "B"), Write("a"), Write("b"), Join("join", "WaitAll"), Write("after")],
            "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> after")).Start();

        Assert.Equal(["a", "b", "after"], flow.Written);
    }

    [Fact]
    public void Race_FirstArrival_CancelsTheOtherBranch()
    {
        var flow = new Stepper(Tokens(
            [Fork("fork", "A", "B"), Task("a"), Task("b"), Join("join", "WaitAny"), Task("after")],
            "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> after")).Start();

        Assert.Equal(["after"], flow.Complete("b").Waiting);
        Assert.True(flow.Complete("after").IsFinished);
    }

    [Fact]
    public void Cascade_LaterArrivalOfTheRound_IsSwallowed()
    {
        var flow = new Stepper(Tokens(
            [Fork("fork", "A", "B"), Task("a"), Task("b"), Merging("after", "Cascade")], "fork:A -> a", "fork:B -> b", "a -> after", "b -> after")).Start();

        Assert.Equal(["after", "b"], flow.Complete("a").Waiting);
        Assert.Equal(["after"], flow.Complete("b").Waiting);
        Assert.True(flow.Complete("after").IsFinished);
    }

    [Fact]
    public void Converge_CountsBackwardConnectionsToo()
    {
        var flow = new Stepper(Tokens(
            [Write("begin"), Merging("loop", "Converge"), TestActivities.Choice("again", "Again", "On")],
            "begin -> loop", "loop -> again", "again:Again -> loop")).Start();

        Assert.Equal(["begin"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Merge_OnOneForwardConnection_RunsEveryLap()
    {
        var flow = new Stepper(Tokens(
            [Write("begin"), Merging("loop", "Merge"), TestActivities.Choice("again", "Again", "On"), Write("out")],
            "begin -> loop", "loop -> again", "again:Again -> loop", "again:On -> out")).Start();

        flow.Complete("loop").Complete("again", outcome: "Again").Complete("loop").Complete("again", outcome: "On");

        Assert.Equal(["begin", "out"], flow.Written);
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void MergeMode_InTheCounterEngine_HasNoEffect()
    {
        var flow = new Stepper(Flow(
            [Fork("fork", "A", "B"), Task("a"), Task("b"), Merging("after", "Cascade")], "fork:A -> a", "fork:B -> b", "a -> after", "b -> after")).Start();

        Assert.Equal(["b"], flow.Complete("a").Waiting);
    }

    private static WorkflowDefinition Tokens(JsonObject[] activities, params string[] connections) => Workflow(
        Flowchart("flow", activities, connections), d => d["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" });

    private static JsonObject Merging(string id, string mode)
    {
        var task = Task(id);
        task["customProperties"] = new JsonObject { ["mergeMode"] = mode };
        return task;
    }
}
