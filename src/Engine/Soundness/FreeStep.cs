using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>Stands for any step that is no part of the flow itself: it goes as its conduct allows, and by choice.</summary>
internal sealed class FreeStep(ActivityDescriptor descriptor, Choice choice, Conducts conducts) : IActivityHandler
{
    private const string Waiting = "wait";

    public ActivityDescriptor Descriptor => descriptor;

    /// <summary>Which of its waits the execution has open.</summary>
    public static StepWait WaitOf(StepConduct conduct, ActivityState execution) => conduct.Waits[execution.Memory![Waiting]!.GetValue<int>()];

    public void Enter(IStep step)
    {
        if (step.IsTrigger)
        {
            step.Complete();
            return;
        }
        var conduct = conducts.Of(step.Activity);
        var option = choice.Take(step, conduct.AtOnce.Length + conduct.Waits.Length);
        if (option < conduct.AtOnce.Length)
        {
            if (conduct.Raises is not null)
            {
                step.Produce("Raised", true);
            }
            step.Complete([.. conduct.AtOnce[option].Outcomes]);
            return;
        }
        step.Memory[Waiting] = option - conduct.AtOnce.Length;
        Open(step, conduct.Waits[option - conduct.AtOnce.Length]);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        var option = choice.Answer();
        if (step.Execution.HasLeft)
        {
            step.Complete();
            return;
        }
        var answered = WaitOf(conducts.Of(step.Activity), step.Execution);
        var end = answered.Ends[option];
        if (!end.RunsOn)
        {
            step.Complete([.. end.Outcomes]);
            return;
        }
        Open(step, answered);
        step.Leave([.. end.Outcomes]);
    }

    // A reply comes within the command that asked for it; all else is something that happens or does not.
    private static void Open(IStep step, StepWait wait) => step.OpenWait(wait.Kind == WaitKind.Reply ? WaitKind.Reply : WaitKind.Event, step.Activity.Id);
}
