using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Takes a hearing that will not be held out of the court's list.</summary>
public sealed class VacateHearing : IActivityHandler
{
    public const string Kind = "vacate-hearing";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.VacateHearing",
        Category = HearingCategory,
        DisplayName = "Vacate hearing",
        Description = "Gives back the slot of the hearing that is listed; on a defendant's path the others who are listed there keep it.",
        Outputs = [new("Vacated", "Object", "Vacated", "What was listed: hearingId, hearingType, courtName, startsAt.")],
        Ports = [Port("Vacated", "Vacated"), Port("NothingListed", "Nothing was listed")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.WaitsFor(WaitKind.Reply, "Vacated", "NothingListed");

    public void Enter(IStep step)
    {
        Wait wait = step.OpenWait(WaitKind.Reply, Kind);
        step.Emit(new Request(wait.Id, Kind, new JsonObject { ["hearingId"] = step.HearingId(), ["defendantId"] = step.DefendantId() }));
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        if (((Resume)stimulus).Payload is not JsonObject vacated || CaseStep.Text(vacated["hearingId"]) is null)
        {
            step.Complete("NothingListed");
            return;
        }
        step.Produce("Vacated", vacated.DeepClone());
        step.Note("Vacated", $"{CaseStep.Text(vacated["courtName"])}, {CaseStep.Text(vacated["startsAt"])}");
        step.Complete("Vacated");
    }
}
