using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Records how it ended: for the defendant in a defendant's workflow, for the whole case in the case's.</summary>
public sealed class OutcomeActivity : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.Outcome",
        Category = CaseCategory,
        DisplayName = "Outcome",
        Description = "Records the outcome and concludes.",
        Inputs = [Line("Outcome", "Outcome", "Such as 'Sentenced', 'Discontinued' or 'Sent to the Crown Court'.", required: true)],
        Ports = [Port("Done", "Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        string outcome = step.Text("outcome") ?? "";
        step.SetOutput("Outcome", outcome);
        step.Emit(new Perform("outcome", new JsonObject { ["outcome"] = outcome, ["defendantId"] = step.DefendantId() }));
        step.Complete();
    }
}
