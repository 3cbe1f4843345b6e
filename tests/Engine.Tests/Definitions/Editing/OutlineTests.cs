using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Definitions.Editing;

public sealed class OutlineTests
{
    [Fact]
    public void Of_Branches_ReadsEachTogether_AndWhatJoinsThemAfterBoth()
    {
        var outline = Of(Flow(
            [Write("a"), Fork("fork", "Left", "Right"), Write("r1"), Join("join", null), Write("l1"), Write("l2")],
            "a -> fork", "fork:Left -> l1", "l1 -> l2", "l2 -> join", "fork:Right -> r1", "r1 -> join"));

        Assert.Equal(["a", "fork", "l1", "l2", "r1", "join"], outline.Whole.Steps.Select(step => step.Node.Id));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], outline.Whole.Steps.Select(step => step.Number));
    }

    [Fact]
    public void Of_ALoopBack_StandsWhereItIsReachedFirst()
    {
        var outline = Of(Flow([Write("a"), Decision("again", Script("true")), End("end")], "a -> again", "again:True -> a", "again:False -> end"));

        Assert.Equal(["a", "again", "end"], outline.Whole.Steps.Select(step => step.Node.Id));
    }

    [Fact]
    public void Of_StepsThatNothingLeadsTo_ComeLast_AndSaySo()
    {
        var outline = Of(Flow([Write("a"), Write("lost2"), Write("lost1"), End("end")], "a -> end", "lost1 -> lost2"));

        Assert.Equal([("a", true), ("end", true), ("lost1", false), ("lost2", false)], outline.Whole.Steps.Select(step => (step.Node.Id, step.IsReached)));
    }

    [Fact]
    public void Of_ContainersAndBranches_NestsAndNumbersThem()
    {
        var branch = Activity("if", "Elsa.If", ("then", Sequence("then-steps", Write("t1"), Write("t2"))));
        var outline = Of(Flow([Sequence("part", Write("p1")), branch], "part -> if"));

        Assert.Equal(["1:part", "1.1:p1", "2:if", "2a.1:t1", "2a.2:t2"], outline.Steps.Select(step => $"{step.Number}:{step.Node.Id}"));
        Assert.Equal([("then", "Then"), ("else", "Else")], outline.Find("if")!.Groups.Select(group => (group.Port, group.Label)));
    }

    [Fact]
    public void Of_AnOutcomeThatTheStepHasNot_SaysSo()
    {
        var outline = Of(Flow([Write("a"), End("end")], "a:Other -> end"));

        Assert.Equal([("Done", true), ("Other", false)], outline.Find("a")!.Ports.Select(port => (port.Name, port.IsKnown)));
    }

    [Fact]
    public void Of_AChainOfThousandsOfSteps_IsRead()
    {
        var ids = Enumerable.Range(0, 3_000).Select(number => $"s{number}").ToArray();

        var outline = Of(Flow([.. ids.Select(Write)], [.. ids.Zip(ids.Skip(1), (from, to) => $"{from} -> {to}")]));

        Assert.Equal(ids, outline.Whole.Steps.Select(step => step.Node.Id));
    }

    private static Outline Of(WorkflowDefinition definition) => Outline.Of(definition, TestActivities.Table.Catalog);
}
