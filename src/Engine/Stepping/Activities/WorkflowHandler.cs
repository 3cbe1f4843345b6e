using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

/// <summary>A workflow: the instance's own, or one used as an activity with inputs and outputs of its own.</summary>
internal sealed class WorkflowHandler : IActivityHandler
{
    /// <summary>In the memory of the instance's own workflow: the outcomes by which it ends once nothing that was left runs any more.</summary>
    public const string HeldBack = "heldBack";

    public static WorkflowHandler Instance { get; } = new();

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = Compiler.WorkflowType,
        Category = "Composition",
        DisplayName = "Workflow",
        Description = "A whole workflow.",
        IsBrowsable = false,
        IsContainer = true,
    };

    public void Enter(IStep step)
    {
        if (step.Execution.ParentId is not null)
        {
            step.Memory["input"] = new JsonObject(step.Activity.Workflow!.Inputs.DistinctBy(i => i.Name).Select(i => KeyValuePair.Create(i.Name, step.Input(i.Name))));
        }
        step.Schedule(step.Activity.Children[0]);
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes)
    {
        if (!child.HasLeft)
        {
            step.Complete();
        }
        else if (step.Memory[HeldBack] is JsonArray held && step.Children.Count == 0)
        {
            step.Complete([.. held.ToTexts()]);
        }
    }

    public static void DeliverOutputs(IStep step)
    {
        foreach (var (name, value) in step.Memory["output"] as JsonObject ?? [])
        {
            step.Produce(name, value);
        }
    }
}
