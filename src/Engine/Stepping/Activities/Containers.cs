using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

internal sealed class SequenceHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Sequence",
        Category = "Composition",
        DisplayName = "Sequence",
        Description = "One step after another.",
        IsContainer = true,
        IsBrowsable = false,
        Ports = [Describe.Port("Done")],
    };

    public void Enter(IStep step) => Next(step, 0);

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes)
    {
        if (step.Graph.ByNodeId[child.NodeId].IsTerminal)
        {
            step.Complete();
            return;
        }
        Next(step, step.Memory["next"]!.GetValue<int>());
    }

    private static void Next(IStep step, int index)
    {
        if (index >= step.Activity.Children.Length)
        {
            step.Complete();
            return;
        }
        step.Memory["next"] = index + 1;
        step.Schedule(step.Activity.Children[index]);
    }
}

internal sealed class IfHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.If",
        Category = "Branching",
        DisplayName = "If",
        Description = "Runs one of two branches, then goes on.",
        Inputs = [Describe.Computed("Condition", "Boolean", "Condition", "What decides.")],
        Outputs = [new OutputDescriptor("Result", "Boolean", "Result")],
        Ports = [Describe.Embedded("Then"), Describe.Embedded("Else"), Describe.Port("Done")],
    };

    public void Enter(IStep step)
    {
        var holds = step.Input("condition").ToFlag();
        step.Produce("Result", JsonValue.Create(holds));
        if (step.Activity.Ports.TryGetValue(holds ? "then" : "else", out var branch))
        {
            step.Schedule(branch);
            return;
        }
        step.Complete();
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => step.Complete();
}

internal sealed class SwitchHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Switch",
        Category = "Branching",
        DisplayName = "Switch",
        Description = "Runs the activity of the first case that is true, of all of them, or the default one, then goes on.",
        Inputs =
        [
            new InputDescriptor("Cases", "SwitchCases", "switch-editor") { DisplayName = "Cases", Description = "Each case holds an activity.", IsWrapped = false },
            SwitchCases.Mode,
        ],
        Ports = [Describe.Embedded("Default"), Describe.Port("Done")],
    };

    public void Enter(IStep step)
    {
        var matching = SwitchCases.Matching(step);
        var ports = matching.Count == 0 ? ["default"] : matching.Select(c => $"cases/{c.Index}");
        foreach (var activity in ports.Select(p => step.Activity.Ports.GetValueOrDefault(p)).OfType<ActivityNode>())
        {
            step.Schedule(activity);
        }
        CompleteIfDone(step);
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => CompleteIfDone(step);

    private static void CompleteIfDone(IStep step)
    {
        if (step.Children.Count == 0)
        {
            step.Complete();
        }
    }
}
