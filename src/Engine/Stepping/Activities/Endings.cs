using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping.Activities;

internal sealed class FinishHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Finish",
        Category = "Primitives",
        DisplayName = "Finish",
        Description = "Finishes the whole workflow at once.",
        IsTerminal = true,
    };

    public void Enter(IStep step) => step.CompleteEnclosing(around => around == step.Graph.Root);
}

internal sealed class CompleteHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Complete",
        Category = "Composition",
        DisplayName = "Complete",
        Description = "Completes the workflow around it with these outcomes.",
        IsTerminal = true,
        Inputs = [new InputDescriptor("Outcomes", "List<String>", "multitext") { DisplayName = "Outcomes", Description = "Ports of the workflow where it is used as an activity." }],
    };

    public void Enter(IStep step) => step.CompleteEnclosing(around => around.Workflow is not null, [.. step.Input("outcomes").ToTexts()]);
}

internal sealed class FaultHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Fault",
        Category = "Primitives",
        DisplayName = "Fault",
        Description = "Raises an incident.",
        Inputs =
        [
            Describe.Line("Code", "Code", "A stable code."),
            Describe.Line("Category", "Category", "A word to sort incidents by."),
            Describe.Line("FaultType", "Fault type", "Business or system."),
            Describe.Lines("Message", "Message", "What is wrong, and what to do."),
        ],
    };

    public void Enter(IStep step) => step.Fault(step.Text("code") ?? "fault", step.Text("message") ?? $"{step.Activity.DisplayText} raised a fault.");
}
