using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping.Activities;

namespace Assize.Engine.Stepping.Flowcharts;

/// <summary>Runs a flowchart by counting visits, or by tokens where the definition asks for it.</summary>
internal sealed class FlowchartHandler : IActivityHandler
{
    private const string StartedBy = "startedBy";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Flowchart",
        Category = "Flow",
        DisplayName = "Flowchart",
        Description = "Steps joined by connections.",
        IsContainer = true,
        IsBrowsable = false,
        Ports = [Describe.Port("Done")],
    };

    public void Enter(IStep step)
    {
        if (step.TriggerId is { } trigger && step.Activity.Children.Any(c => c.Id == trigger && c.CanStartWorkflow))
        {
            step.Memory[StartedBy] = trigger;
        }
        if (GraphOf(step).Start is not { } start)
        {
            step.Complete();
            return;
        }
        step.Schedule(start);
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes)
    {
        var graph = GraphOf(step);
        if (graph.Activities[child.ActivityId].IsTerminal)
        {
            step.Complete();
            return;
        }
        if (step.Graph.Definition.IsTokenBased)
        {
            new TokenFlow(step, graph).Completed(child, outcomes);
        }
        else
        {
            new CounterFlow(step, graph).Completed(child, outcomes);
        }
        if (step.Children.Count == 0)
        {
            step.Complete();
        }
    }

    private static FlowchartGraph GraphOf(IStep step) =>
        step.Graph.Flowchart(step.Activity.NodeId, step.Memory.TextOf(StartedBy));
}

/// <summary>What a join waits for.</summary>
internal enum JoinMode { WaitAny, WaitAll, WaitAllActive }

internal static class Joins
{
    /// <summary>The mode of a FlowJoin; null for any other activity.</summary>
    public static JoinMode? ModeOf(IStep step, ActivityNode activity)
    {
        if (activity.Type != FlowJoinHandler.Type)
        {
            return null;
        }
        var input = activity.Inputs.GetValueOrDefault("mode");
        var text = (input?.Expression is { } expression ? step.Evaluate(expression) : input?.IsWrapped == true ? null : input?.Raw).ToText();
        if (string.IsNullOrEmpty(text))
        {
            return JoinMode.WaitAny;
        }
        if (!Enum.TryParse<JoinMode>(text, ignoreCase: true, out var mode) || !Enum.IsDefined(mode))
        {
            step.Fault("join-mode-unknown", $"Expected the mode of {activity.DisplayText} to be WaitAny, WaitAll or WaitAllActive, but it is \"{text}\".");
        }
        return mode;
    }

    /// <summary>The executions upstream of the activity along forward connections.</summary>
    public static List<ActivityState> Upstream(IStep step, FlowchartGraph graph, string activityId, bool pendingToo)
    {
        var ancestors = graph.Ancestors(activityId);
        return [.. step.Children.Where(c => ancestors.Contains(c.ActivityId) && (pendingToo || c.Status != ActivityStatus.Pending))];
    }
}
