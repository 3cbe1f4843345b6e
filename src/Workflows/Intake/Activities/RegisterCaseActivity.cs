using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Workflows.Intake.Submissions;

namespace Assize.Workflows.Intake.Activities;

/// <summary>Has a case made of a valid submission; the case's own workflow runs from then on.</summary>
public sealed class RegisterCaseActivity : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.RegisterCase",
        Category = IntakeActivities.Category,
        DisplayName = "Register case",
        Description = "Makes the case with its defendants, offences and first hearing, and starts its workflow.",
        Outputs = [new OutputDescriptor("CaseId", "String", "Case", "The case that was made.")],
        Ports = [new PortDescriptor("Done", "Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.WaitsFor(WaitKind.Reply);

    public void Enter(IStep step)
    {
        Wait wait = step.OpenWait(WaitKind.Reply, RegisterCase.Kind);
        step.Emit(new Request(wait.Id, RegisterCase.Kind, new JsonObject { ["submissionId"] = step.WorkflowInput("submissionId")?.DeepClone() }));
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        JsonNode reply = ((Resume)stimulus).Payload!;
        step.Produce("CaseId", reply["caseId"]?.DeepClone());
        step.Note("Registered", $"Case {reply["urn"]}");
        step.Complete();
    }
}
