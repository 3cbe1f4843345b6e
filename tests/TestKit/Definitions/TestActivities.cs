using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.TestKit.Definitions;

/// <summary>The engine's activities, and one that waits for a person to choose its outcome.</summary>
public static class TestActivities
{
    public static ActivityTable Table { get; } = new([.. ActivityTable.Engine.Handlers, new ChoiceHandler()]);

    /// <summary>A task named like the activity, with these outcomes as ports.</summary>
    public static JsonObject Choice(string id, params string[] outcomes) =>
        Draw.Activity(id, ChoiceHandler.Type, ("outcomes", Draw.Wrapped("Object", new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]).ToJsonString())));

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

        public void Enter(IStep step) =>
            step.OpenWait(WaitKind.Task, step.Activity.Id, spec: new JsonObject { ["outcomes"] = step.Input("outcomes") });

        public void Resume(IStep step, Wait wait, StimulusBody stimulus) => step.Complete(((Resume)stimulus).Outcome!);
    }
}
