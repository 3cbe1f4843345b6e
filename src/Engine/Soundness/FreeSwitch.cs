using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>A Switch whose true cases are chosen.</summary>
internal sealed class FreeSwitch(IActivityHandler real, Choice choice, Conducts conducts) : IActivityHandler
{
    public ActivityDescriptor Descriptor => real.Descriptor;

    public void Enter(IStep step)
    {
        var choices = conducts.CasesOf(step.Activity);
        var cases = choices[choice.Take(step, choices.Count)];
        foreach (var port in cases is [] ? ["default"] : cases.Select(c => $"cases/{c}"))
        {
            if (step.Activity.Ports.TryGetValue(port, out var activity))
            {
                step.Schedule(activity);
            }
        }
        if (step.Children.Count == 0)
        {
            step.Complete();
        }
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => real.ChildEnded(step, child, outcomes);
}
