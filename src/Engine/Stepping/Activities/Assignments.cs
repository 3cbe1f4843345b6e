using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping.Activities;

internal sealed class SetVariableHandler : IActivityHandler
{
    public const string Type = "Elsa.SetVariable";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = Type,
        Category = "Primitives",
        DisplayName = "Set variable",
        Description = "Gives a variable a value.",
        Inputs =
        [
            new InputDescriptor("Variable", "Variable", "variable-picker") { DisplayName = "Variable", Description = "Which variable.", IsWrapped = false, IsRequired = true },
            Describe.Computed("Value", "Object", "Value", "Its new value."),
        ],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        step.SetVariable(ActivityRules.VariableSet(step.Activity) ?? "", step.Input("value"));
        step.Complete();
    }
}

internal sealed class SetOutputHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.SetOutput",
        Category = "Composition",
        DisplayName = "Set output",
        Description = "Gives an output of the workflow a value.",
        Inputs =
        [
            new InputDescriptor("OutputName", "String", "output-picker") { DisplayName = "Output", Description = "Which output.", IsRequired = true },
            Describe.Computed("OutputValue", "Object", "Value", "Its value."),
        ],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        if (step.Text("outputName") is not { } name)
        {
            step.Fault("output-name-missing", $"Expected {step.Activity.DisplayText} to name an output, but it does not.");
            return;
        }
        step.SetOutput(name, step.Input("outputValue"));
        step.Complete();
    }
}

internal sealed class SetNameHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.SetName",
        Category = "Primitives",
        DisplayName = "Set name",
        Description = "Names the running instance.",
        Inputs = [Describe.Line("Value", "Name", "The name people will see.")],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        step.SetInstanceName(step.Text("value"));
        step.Complete();
    }
}

internal sealed class CorrelateHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Correlate",
        Category = "Primitives",
        DisplayName = "Correlate",
        Description = "Sets the correlation id of the running instance.",
        Inputs = [Describe.Line("CorrelationId", "Correlation id", "What events find the instance by.")],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        step.SetCorrelationId(step.Text("correlationId"));
        step.Complete();
    }
}
