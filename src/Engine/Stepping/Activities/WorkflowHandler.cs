using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

/// <summary>A workflow: the instance's own, or one used as an activity with inputs and outputs of its own.</summary>
internal sealed class WorkflowHandler : IActivityHandler
{
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

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => step.Complete();

    public static void DeliverOutputs(IStep step)
    {
        foreach (var (name, value) in step.Memory["output"] as JsonObject ?? [])
        {
            step.Produce(name, value);
        }
    }
}
