using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Definitions.Editing;

public sealed class MoveStepTests
{
    private static readonly WorkflowDefinition s_drawn = Workflow(
        Flowchart("flow", [Write("a"), Write("b"), End("end"), Flowchart("part", [Write("p")])], "a -> b", "b -> end", "end -> part"),
        json => json["root"]!["activities"]![1]!["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 700, ["y"] = 900 } } });

    public static TheoryData<StepPlace> WithinItsFlowchart => [new AfterStep("end", "Done"), new BeforeStep("a"), new WithinStep("flow", "")];

    [Theory]
    [MemberData(nameof(WithinItsFlowchart))]
    public void In_TheSameFlowchart_KeepsItsPosition(StepPlace place) => Assert.Equal((700d, 900d), Moved(place));

    [Fact]
    public void In_AnotherFlowchart_GetsAPositionThere()
    {
        var position = Moved(new WithinStep("part", ""));

        Assert.NotNull(position);
        Assert.NotEqual((700d, 900d), position);
    }

    private static (double X, double Y)? Moved(StepPlace place)
    {
        var edited = Assert.IsType<Edited>(new MoveStep("b", place).In(s_drawn, TestActivities.Table.Catalog));
        return StepBox.PositionOf(edited.Definition.Root.SelfAndBelow().Single(node => node.Id == "b").Json);
    }
}
