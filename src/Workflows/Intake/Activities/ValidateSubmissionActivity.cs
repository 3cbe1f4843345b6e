using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Workflows.Intake.Submissions;

namespace Assize.Workflows.Intake.Activities;

/// <summary>Has a submission checked and leaves by what came of it.</summary>
public sealed class ValidateSubmissionActivity : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.ValidateSubmission",
        Category = IntakeActivities.Category,
        DisplayName = "Validate submission",
        Description = "Checks the submission, with its corrections, against the code lists and rules of the day.",
        Outputs =
        [
            new OutputDescriptor("Errors", "Int32", "Errors", "How many faults stop it."),
            new OutputDescriptor("Warnings", "Int32", "Warnings", "How many faults it goes on with."),
        ],
        Ports =
        [
            new PortDescriptor("Valid", "Valid"), new PortDescriptor("ValidWithWarnings", "Valid, with warnings"),
            new PortDescriptor("Invalid", "Invalid"), new PortDescriptor("Duplicate", "Duplicate"),
        ],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Either(
        StepConduct.WaitsFor(WaitKind.Reply, "Valid", "ValidWithWarnings", "Invalid", "Duplicate"),
        StepConduct.WaitsFor(WaitKind.Task, "Duplicate"));

    public void Enter(IStep step)
    {
        Wait wait = step.OpenWait(WaitKind.Reply, ValidateSubmission.Kind);
        step.Emit(new Request(wait.Id, ValidateSubmission.Kind, new JsonObject { ["submissionId"] = step.WorkflowInput("submissionId")?.DeepClone() }));
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        if (wait.Kind == WaitKind.Task)
        {
            step.Complete("Duplicate");
            return;
        }
        if (((Resume)stimulus).Payload is JsonObject held && held["task"] is JsonObject task)
        {
            step.OpenWait(WaitKind.Task, HeldRepeat.Title, spec: task.DeepClone().AsObject());
            return;
        }
        JsonNode reply = ((Resume)stimulus).Payload!;
        string outcome = reply["outcome"]!.GetValue<string>();
        step.Produce("Errors", reply["errors"]?.DeepClone());
        step.Produce("Warnings", reply["warnings"]?.DeepClone());
        step.Note("Validated", $"{outcome}: {reply["errors"]} errors, {reply["warnings"]} warnings");
        step.Complete(outcome);
    }
}
