using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Says that something happened, to whoever in the case waits or will wait for it.</summary>
public sealed class RaiseEventActivity : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.RaiseEvent",
        Category = ExchangeCategory,
        DisplayName = "Raise event",
        Description = "Tells the workflows of this case that something happened; it is kept for one that waits later.",
        Inputs =
        [
            Line("EventName", "Event", "The event's name.", required: true),
            CorrelateBy,
            Script("Payload", "Object", "Payload", "What comes with the event."),
        ],
        Ports = [Port("Done", "Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes() with { Raises = DefinitionUse.Literal(node, "eventName") };

    public void Enter(IStep step)
    {
        JsonNode? payload = step.Input("payload")?.DeepClone();
        step.Emit(new RaiseEvent(step.Text("eventName") ?? "", Correlation.Key(step), payload, LocalOnly: false, Buffered: true));
        step.Complete();
    }
}
