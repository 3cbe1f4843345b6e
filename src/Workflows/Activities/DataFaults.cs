using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Workflows.Calendars;

namespace Assize.Workflows.Activities;

/// <summary>Turns a date, a number or a rule that cannot be used into an incident on the step: it is a fault of definition or data, not of Assize.</summary>
internal sealed class DataFaults(IActivityHandler inner) : IActivityHandler
{
    public ActivityDescriptor Descriptor => inner.Descriptor;

    public StepConduct? ConductOf(ActivityNode node) => inner.ConductOf(node);

    public void Enter(IStep step) => Guard(step, () => inner.Enter(step));

    public void Resume(IStep step, Wait wait, StimulusBody stimulus) => Guard(step, () => inner.Resume(step, wait, stimulus));

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) =>
        Guard(step, () => inner.ChildEnded(step, child, outcomes));

    private static void Guard(IStep step, Action act)
    {
        try
        {
            act();
        }
        catch (Exception fault) when (fault is FormatException or CalendarEnded)
        {
            step.Fault("data-unusable", fault.Message);
        }
    }
}
