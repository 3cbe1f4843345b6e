using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.TestKit.Definitions;

/// <summary>The engine's activities, and one that waits for a person to choose its outcome.</summary>
public static class TestActivities
{
    public static ActivityTable Table { get; } = new([.. ActivityTable.Engine.Handlers, new ChoiceHandler(), new EachHandler()]);

    /// <summary>A task named like the activity, with these outcomes as ports.</summary>
    public static JsonObject Choice(string id, params string[] outcomes) =>
        Draw.Activity(id, ChoiceHandler.Type, ("outcomes", Draw.Wrapped("Object", new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]).ToJsonString())));

    /// <summary>Starts so many children, and goes on when the first of them has ended.</summary>
    public static JsonObject Each(string id, int children, string? workflow = null) =>
        Draw.Activity(id, EachHandler.Type, ("count", children), ("workflow", workflow ?? DefinitionGenerator.ChildId));

    private sealed class EachHandler : IActivityHandler
    {
        public const string Type = "Test.Each";

        public ActivityDescriptor Descriptor { get; } = new()
        {
            TypeName = Type,
            Category = "Test",
            DisplayName = "Each",
            Description = "Starts children, leaves at the first end, and lets the others run on.",
            Inputs = [new InputDescriptor("Count", "Int32", "singleline") { DisplayName = "Count", IsWrapped = false }, new InputDescriptor("Workflow", "String", "singleline") { DisplayName = "Workflow", IsWrapped = false }],
            Ports = [new PortDescriptor("Done", "Done")],
        };

        public StepConduct? ConductOf(ActivityNode node) => (node.Inputs["count"].Raw?.GetValue<int>() ?? 1) == 1
            ? StepConduct.WaitsFor(WaitKind.Child)
            : new StepConduct { Waits = [new StepWait(WaitKind.Child, [new StepEnd(["Done"], RunsOn: true)])] };

        public void Enter(IStep step)
        {
            var count = (int)step.Input("count")!.ToNumber()!;
            step.Memory["left"] = count;
            for (var child = 0; child < count; child++)
            {
                var id = step.NewId();
                var wait = step.OpenWait(WaitKind.Child, step.Text("workflow")!, childId: id);
                step.Emit(new StartChild(id, step.Text("workflow")!, null, [], null, wait.Id, null));
            }
        }

        public void Resume(IStep step, Wait wait, StimulusBody stimulus)
        {
            var left = step.Memory["left"]!.GetValue<int>() - 1;
            step.Memory["left"] = left;
            if (left == 0)
            {
                step.Complete();
            }
            else
            {
                step.Leave();
            }
        }
    }

    private sealed class ChoiceHandler : IActivityHandler
    {
        public const string Type = "Test.Choice";

        public ActivityDescriptor Descriptor { get; } = new()
        {
            TypeName = Type,
            Category = "Test",
            DisplayName = "Choice",
            Description = "Waits for somebody to choose an outcome.",
            Inputs = [new InputDescriptor("Outcomes", "List<String>", "dynamic-outcomes") { DisplayName = "Outcomes" }],
        };

        public StepConduct? ConductOf(ActivityNode node) => StepConduct.WaitsFor(WaitKind.Task, FlowPorts.Of(node, Descriptor)!.Value);

        public void Enter(IStep step) =>
            step.OpenWait(WaitKind.Task, step.Activity.Id, spec: new JsonObject { ["outcomes"] = step.Input("outcomes") });

        public void Resume(IStep step, Wait wait, StimulusBody stimulus) => step.Complete(((Resume)stimulus).Outcome!);
    }
}
