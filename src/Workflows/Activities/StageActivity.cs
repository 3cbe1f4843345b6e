using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Marks where the case, or in a defendant's workflow the defendant, stands.</summary>
public sealed class StageActivity : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.Stage",
        Category = CaseCategory,
        DisplayName = "Stage",
        Description = "Marks the stage that the case or the defendant has reached.",
        Inputs = [Line("Stage", "Stage", "What everybody sees, such as 'First hearing'.", required: true)],
        Ports = [Port("Done", "Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        step.Emit(new Perform("stage", new JsonObject { ["stage"] = step.Text("stage"), ["defendantId"] = step.DefendantId() }));
        step.Complete();
    }
}
