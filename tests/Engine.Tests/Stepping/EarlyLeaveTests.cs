using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Xunit;
using static Assize.TestKit.Definitions.Draw;
using static Assize.TestKit.Definitions.TestActivities;

namespace Assize.Engine.Tests.Stepping;

public sealed class EarlyLeaveTests
{
    [Fact]
    public void Leave_GoesOn_AndTheInstanceEndsWithTheLastChild()
    {
        var flow = new Stepper(Flow([Each("each", 3), Task("after"), End("end")], "each -> after", "after -> end")).Start();

        EndChild(flow);
        Assert.Equal(["after", "drawn-child", "drawn-child"], flow.Waiting);
        flow.Complete("after");
        Assert.False(flow.IsFinished);
        Assert.Equal(["drawn-child", "drawn-child"], flow.Waiting);
        EndChild(flow);
        Assert.False(flow.IsFinished);
        EndChild(flow);

        Assert.True(flow.IsFinished);
        Assert.Equal(InstanceSubStatus.Finished, flow.State.SubStatus);
        Assert.Empty(flow.Effects.OfType<CancelChild>());
        Assert.Equal(["Completed", "Concluded"], flow.Notes.Where(n => n.ActivityId == "each" && n.Event is "Completed" or "Concluded").Select(n => n.Event));
    }

    [Fact]
    public void Leave_ChildrenEndFirst_TheInstanceEndsAtItsEnd()
    {
        var flow = new Stepper(Flow([Each("each", 2), Task("after")], "each -> after")).Start();

        EndChild(flow);
        EndChild(flow);
        Assert.Equal(["after"], flow.Waiting);
        flow.Complete("after");

        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Leave_TheContainerIsCancelledOrEnds_ChildrenRunOn()
    {
        var nested = Flowchart("nested", [Each("each", 2), Task("inside")], "each -> inside");
        var flow = new Stepper(Flow([Fork("fork", "A", "B"), nested, Task("rival"), Join("join", "WaitAny"), Task("after")], "fork:A -> nested", "fork:B -> rival", "nested -> join", "rival -> join", "join -> after")).Start();

        EndChild(flow);
        flow.Complete("rival");

        Assert.Equal(["after", "drawn-child"], flow.Waiting);
        Assert.Empty(flow.Effects.OfType<CancelChild>());
        EndChild(flow);
        Assert.True(flow.Complete("after").IsFinished);
    }

    [Fact]
    public void Finish_WhileChildrenRunOn_CancelsTheRestAndWaitsForThem()
    {
        var flow = new Stepper(Flow([Each("each", 2), Fork("fork", "A", "B"), Task("idle"), Task("stop"), Activity("finish", "Elsa.Finish")], "each -> fork", "fork:A -> idle", "fork:B -> stop", "stop -> finish")).Start();

        EndChild(flow);
        flow.Complete("stop");
        Assert.Equal(["drawn-child"], flow.Waiting);
        EndChild(flow);

        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Cancel_OfTheInstance_CancelsTheChildrenThatRunOn()
    {
        var flow = new Stepper(Flow([Each("each", 2), Task("after")], "each -> after")).Start();
        EndChild(flow);

        flow.Take(new Cancel());

        Assert.Single(flow.Effects.OfType<CancelChild>());
        Assert.Equal(InstanceSubStatus.Cancelled, flow.State.SubStatus);
    }

    [Fact]
    public void Complete_WithOutcomes_AreThoseOfTheEndThatWasHeldBack()
    {
        var flow = new Stepper(Flow([Each("each", 2), Activity("complete", "Elsa.Complete", ("outcomes", Wrapped("Object", "[\"Sent\"]")))], "each -> complete")).Start();

        EndChild(flow);
        EndChild(flow);

        Assert.Equal("Sent", Assert.Single(Assert.Single(flow.Effects.OfType<Ended>()).Outcomes));
    }

    private static void EndChild(Stepper flow)
    {
        var wait = flow.State.Waits.First(w => w.Kind == WaitKind.Child);
        flow.Take(new Resume(wait.Id, WaitKind.Child, "Completed", new JsonObject()));
    }
}
