using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Waits for something to happen; what happened before counts too.</summary>
public sealed class AwaitEvent : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.AwaitEvent",
        Category = ExchangeCategory,
        DisplayName = "Await event",
        Description = "Waits for an event of the case; one that came earlier is taken, once.",
        Inputs =
        [
            Line("EventName", "Event", "The event's name.", required: true),
            CorrelateBy,
            Line("Within", "Within", "A rule such as '5 working days after now'; empty: waits for ever."),
            CalendarInput,
        ],
        Outputs = [new OutputDescriptor("Payload", "Object", "Payload", "What came with the event.")],
        Ports = [Port("Received", "Received"), Port("TimedOut", "Not received in time")],
    };

    public StepConduct? ConductOf(ActivityNode node)
    {
        StepEnd received = new(["Received"], After: DefinitionUse.Literal(node, "eventName"));
        return new StepConduct
        {
            Waits = [new StepWait(WaitKind.Event, DefinitionUse.MayBeEmpty(node, "within") == true ? [received] : [received, new StepEnd(["TimedOut"])])],
        };
    }

    public void Enter(IStep step)
    {
        string name = step.Text("eventName") ?? "";
        step.OpenWait(WaitKind.Event, name, key: Correlation.Key(step), takesBuffered: true);
        if (step.EndOfDay("within") is { } limit)
        {
            step.OpenWait(WaitKind.Timer, $"Not received in time: {name}", due: limit);
        }
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        if (stimulus is Resume came)
        {
            step.Produce("Payload", came.Payload?.DeepClone());
        }
        step.CloseWaits();
        step.Complete(wait.Kind == WaitKind.Timer ? "TimedOut" : "Received");
    }
}
