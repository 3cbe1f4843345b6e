using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Workflows.Intake.Submissions;

namespace Assize.Workflows.Intake.Activities;

/// <summary>Ends a submission that its force withdrew.</summary>
public sealed class RejectSubmissionActivity : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.RejectSubmission",
        Category = IntakeActivities.Category,
        DisplayName = "Reject submission",
        Description = "Ends the submission without a case; its reference may be used again.",
        Ports = [new PortDescriptor("Done", "Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        step.Emit(new Perform(RejectSubmission.Kind, new JsonObject { ["submissionId"] = step.WorkflowInput("submissionId")?.DeepClone() }));
        step.Complete();
    }
}
