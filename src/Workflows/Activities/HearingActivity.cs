using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>The results of a hearing: the court's legal adviser records and shares them, and the step leaves by what was ordered.</summary>
public sealed class HearingActivity : IActivityHandler
{
    public static readonly string[] Ordered = ["Concluded", "Adjourned", "Sent", "Warrant"];

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.Hearing",
        Category = HearingCategory,
        DisplayName = "Hearing results",
        Description = "Waits for the results of the hearing to be recorded and shared, and leaves by what was ordered.",
        Kind = ActivityKind.Task,
        Inputs = [.. TaskInputs.Lane, .. TaskInputs.Work, .. TaskInputs.Rules],
        Outputs =
        [
            .. TaskInputs.Outputs,
            new("NextHearingType", "String", "Next hearing's type", "What the adjourned hearing is for."),
            new("NextHearingOn", "String", "Next hearing's day", "The day that the court named."),
        ],
        Ports =
        [
            Port("Concluded", "Concluded"), Port("Adjourned", "Adjourned"), Port("Sent", "Sent to the Crown Court"), Port("Warrant", "Warrant issued"),
        ],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.WaitsFor(WaitKind.Task, Ordered);

    public void Enter(IStep step)
    {
        JsonObject spec = TaskSpec.Of(step, Ordered);
        spec["hearing"] = true;
        step.OpenWait(WaitKind.Task, TaskSpec.Title(step), due: step.EndOfDay("due"), spec: spec);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        Resume done = (Resume)stimulus;
        TaskInputs.Produce(step, done);
        JsonNode? fields = done.Payload?["fields"];
        step.Produce("NextHearingType", fields?["nextHearingType"]?.DeepClone());
        step.Produce("NextHearingOn", fields?["nextHearingOn"]?.DeepClone());
        step.Complete(done.Outcome ?? "Done");
    }
}
