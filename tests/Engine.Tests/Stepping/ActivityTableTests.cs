using Assize.Engine.Definitions;
using Assize.Engine.Stepping;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Stepping;

public sealed class ActivityTableTests
{
    // Studio's property panel breaks on inputs of these names, and draws a warning for any other hint.
    private static readonly string[] Reserved = ["id", "nodeId", "name", "type", "version", "customProperties", "metadata"];

    private static readonly string[] Hints =
    [
        "singleline", "multiline", "checkbox", "dropdown", "code-editor", "expression-editor", "multitext", "dictionary", "variable-picker", "output-picker",
        "workflow-definition-picker", "switch-editor", "flow-switch-editor", "dynamic-outcomes",
    ];

    [Fact]
    public void Engine_HoldsElsasActivities()
    {
        string[] expected =
        [
            "Break", "Complete", "Correlate", "Cron", "Delay", "DispatchWorkflow", "End", "Event", "ExecuteWorkflow", "Fault", "Finish", "FlowDecision", "FlowFork",
            "FlowJoin", "FlowNode", "FlowSwitch", "Flowchart", "For", "ForEach", "If", "ParallelForEach", "PublishEvent", "RunJavaScript", "RunTask", "Sequence", "SetName",
            "SetOutput", "SetVariable", "Start", "StartAt", "Switch", "Timer", "While", "WriteLine",
        ];

        Assert.Equal(expected, ActivityTable.Engine.Catalog.All.Select(d => d.Name).Order(StringComparer.Ordinal));
        Assert.All(ActivityTable.Engine.Catalog.All, d => Assert.Equal("Elsa", d.Namespace));
    }

    [Fact]
    public void Descriptors_AreOnesThatStudioCanShow()
    {
        foreach (var descriptor in ActivityTable.Engine.Catalog.All)
        {
            Assert.NotEmpty(descriptor.Description);
            Assert.DoesNotContain(descriptor.Inputs, i => Reserved.Contains(i.Member) || !Hints.Contains(i.UIHint));
            Assert.DoesNotContain(descriptor.Outputs, o => Reserved.Contains(o.Member) || descriptor.Inputs.Any(i => i.Member == o.Member));
            Assert.Equal(descriptor.Ports.Length, descriptor.Ports.DistinctBy(p => p.Name).Count());
        }
    }

    [Fact]
    public void Find_AnUnknownType_GivesNothing()
    {
        Assert.Null(ActivityTable.Engine.Find("Vendor.Unknown"));
        Assert.Null(ActivityTable.Engine.Catalog.Find("Vendor.Unknown"));
    }

    [Fact]
    public void FlowPorts_OfDynamicOutcomes_AreThoseListed()
    {
        var fork = Flow([Fork("fork", "A", "B")]).Root.Children[0];
        var bare = Flow([Activity("fork", "Elsa.FlowFork")]).Root.Children[0];
        var computed = Flow([Activity("fork", "Elsa.FlowFork", ("branches", Script("['A']")))]).Root.Children[0];
        var descriptor = ActivityTable.Engine.Catalog.Find("Elsa.FlowFork");

        Assert.Equal(["A", "B"], FlowPorts.Of(fork, descriptor)!.Value);
        Assert.Equal(["Done"], FlowPorts.Of(bare, descriptor)!.Value);
        Assert.Null(FlowPorts.Of(computed, descriptor));
    }
}
