using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>A piece of human work: waits until somebody of its lane completes it, and leaves by the outcome they chose.</summary>
public sealed class CaseTask : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.CaseTask",
        Category = TaskCategory,
        DisplayName = "Case task",
        Description = "A piece of human work for one role of one agency, done with a form and ended by one of its outcomes.",
        Kind = ActivityKind.Task,
        Inputs =
        [
            .. TaskInputs.Lane,
            .. TaskInputs.Work,
            OutcomeList("How the task can end; each becomes a port."),
            .. TaskInputs.Rules,
        ],
        Outputs = TaskInputs.Outputs,
    };

    public StepConduct? ConductOf(ActivityNode node) => DefinitionUse.Ports(node, Descriptor) is { } outcomes ? StepConduct.WaitsFor(WaitKind.Task, outcomes) : null;

    public void Enter(IStep step)
    {
        string[] outcomes = [.. (step.Input("outcomes") as JsonArray ?? []).Select(CaseStep.Text).OfType<string>()];
        step.OpenWait(WaitKind.Task, TaskSpec.Title(step), due: step.EndOfDay("due"), spec: TaskSpec.Of(step, outcomes));
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        Resume done = (Resume)stimulus;
        TaskInputs.Produce(step, done);
        step.Complete(done.Outcome ?? "Done");
    }
}
