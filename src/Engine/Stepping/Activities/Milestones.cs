using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping.Activities;

internal sealed class StartHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Start",
        Category = "Primitives",
        DisplayName = "Start",
        Description = "Marks where the flowchart begins.",
        IsStart = true,
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step) => step.Complete();
}

internal sealed class EndHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.End",
        Category = "Primitives",
        DisplayName = "End",
        Description = "Ends the flowchart it stands in.",
        IsTerminal = true,
    };

    public void Enter(IStep step) => step.Complete();
}

internal sealed class FlowNodeHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowNode",
        Category = "Flow",
        DisplayName = "Flow node",
        Description = "Does nothing: a place where lines meet or part.",
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step) => step.Complete();
}
