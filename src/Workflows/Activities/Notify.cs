using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Puts a message into an agency's mailbox and watches that it is taken.</summary>
public sealed class Notify : IActivityHandler
{
    public const string Acknowledged = "message-acknowledged";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.Notify",
        Category = ExchangeCategory,
        DisplayName = "Notify an agency",
        Description = "A message into an agency's mailbox; waits until its system acknowledges it.",
        Inputs =
        [
            Pick("Agency", "Agency", "Who is told: a part in the case, or an agency's id.", Lanes.Recipients, required: true),
            Line("MessageKind", "Kind of message", "Such as 'hearing-results'.", required: true),
            Script("Content", "Object", "Content", "An object: what the message says."),
            Line("Within", "Acknowledged within", "A rule such as '1 working day after now'; empty: do not wait.", defaultValue: "1 working day after now"),
            CalendarInput,
        ],
        Outputs = [new OutputDescriptor("MessageId", "String", "Message", "The message's id.")],
        Ports = [Port("Acknowledged", "Acknowledged"), Port("NotAcknowledged", "Not acknowledged"), Port("Sent", "Sent (does not wait)")],
    };

    public StepConduct? ConductOf(ActivityNode node) => DefinitionUse.MayBeEmpty(node, "within") switch
    {
        true => StepConduct.Passes("Sent"),
        false => StepConduct.WaitsFor(WaitKind.Event, "Acknowledged", "NotAcknowledged"),
        null => StepConduct.Either(StepConduct.Passes("Sent"), StepConduct.WaitsFor(WaitKind.Event, "Acknowledged", "NotAcknowledged")),
    };

    public void Enter(IStep step)
    {
        string id = step.NewId();
        step.Produce("MessageId", id);
        DateTimeOffset? limit = step.EndOfDay("within");
        // Nobody can have acknowledged a message that did not exist: nothing earlier is looked for.
        string? waitId = limit is null ? null : step.OpenWait(WaitKind.Event, Acknowledged, key: id).Id;
        step.Emit(new Perform("queue-message", Message(step, id, waitId)));
        if (limit is null)
        {
            step.Complete("Sent");
            return;
        }
        step.OpenWait(WaitKind.Timer, "Not acknowledged in time", due: limit, spec: new JsonObject { ["messageId"] = id });
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        if (wait.Kind == WaitKind.Timer)
        {
            step.Emit(new Perform("message-failed", new JsonObject { ["messageId"] = wait.Spec?["messageId"]?.DeepClone() }));
        }
        step.CloseWaits();
        step.Complete(wait.Kind == WaitKind.Timer ? "NotAcknowledged" : "Acknowledged");
    }

    private static JsonObject Message(IStep step, string id, string? waitId) => new()
    {
        ["messageId"] = id,
        ["agency"] = step.Agency(step.Text("agency") ?? ""),
        ["kind"] = step.Text("messageKind"),
        ["defendantId"] = step.DefendantId(),
        ["waitId"] = waitId,
        ["content"] = new JsonObject
        {
            ["urn"] = step.WorkflowInput("urn")?.DeepClone(),
            ["body"] = step.Input("content")?.DeepClone(),
        },
    };
}
