using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

internal sealed class EventHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Event",
        Category = "Blocking",
        DisplayName = "Event",
        Description = "Waits for an event of this name.",
        Kind = ActivityKind.Trigger,
        Inputs = [Describe.Line("EventName", "Event name", "The name to wait for.", required: true)],
        Outputs = [new OutputDescriptor("Result", "Object", "Result", "What came with the event.")],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.WaitsFor(WaitKind.Event);

    public void Enter(IStep step)
    {
        if (step.IsTrigger)
        {
            step.Produce("Result", step.WorkflowInput("Payload"));
            step.Complete();
            return;
        }
        if (step.Text("eventName") is not { } name)
        {
            step.Fault("event-name-missing", $"Expected {step.Activity.DisplayText} to name an event, but it does not.");
            return;
        }
        step.OpenWait(WaitKind.Event, name, key: step.CorrelationId);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        step.Produce("Result", (stimulus as Resume)?.Payload);
        step.Complete();
    }
}

internal sealed class PublishEventHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.PublishEvent",
        Category = "Primitives",
        DisplayName = "Publish event",
        Description = "Raises an event for whoever waits for it.",
        Inputs =
        [
            Describe.Line("EventName", "Event name", "The name to raise.", required: true),
            Describe.Line("CorrelationId", "Correlation id", "Only for waits with this correlation id; for all if empty."),
            Describe.Flag("IsLocalEvent", "Local event", "Only for this instance."),
            Describe.Computed("Payload", "Object", "Payload", "What goes with the event."),
        ],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        if (step.Text("eventName") is not { } name)
        {
            step.Fault("event-name-missing", $"Expected {step.Activity.DisplayText} to name an event, but it does not.");
            return;
        }
        step.Emit(new RaiseEvent(name, step.Text("correlationId"), step.Input("payload"), step.Input("isLocalEvent").ToFlag(), Buffered: false));
        step.Complete();
    }
}
