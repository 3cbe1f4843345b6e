using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

internal sealed class ExecuteWorkflowHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = ChildWorkflows.Describe("Elsa.ExecuteWorkflow", "Execute workflow", "Starts another workflow, and waits for it where asked.");

    public StepConduct? ConductOf(ActivityNode node) => ChildWorkflows.Conduct(node);

    public void Enter(IStep step) => ChildWorkflows.Begin(step, step.Input("input") as JsonObject ?? []);

    public void Resume(IStep step, Wait wait, StimulusBody stimulus) => ChildWorkflows.Ended(step, stimulus);
}

internal sealed class DispatchWorkflowHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = ChildWorkflows.Describe("Elsa.DispatchWorkflow", "Dispatch workflow", "Starts another workflow that knows its parent, and waits for it where asked.");

    public StepConduct? ConductOf(ActivityNode node) => ChildWorkflows.Conduct(node);

    public void Enter(IStep step)
    {
        var input = step.Input("input") as JsonObject ?? [];
        input["ParentInstanceId"] = step.InstanceId;
        ChildWorkflows.Begin(step, input);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus) => ChildWorkflows.Ended(step, stimulus);
}

internal static class ChildWorkflows
{
    public static ActivityDescriptor Describe(string type, string displayName, string description) => new()
    {
        TypeName = type,
        Category = "Composition",
        DisplayName = displayName,
        Description = description,
        Inputs =
        [
            new InputDescriptor("WorkflowDefinitionId", "String", "workflow-definition-picker") { DisplayName = "Workflow", Description = "Which workflow.", IsRequired = true },
            Activities.Describe.Line("CorrelationId", "Correlation id", "For the new instance."),
            new InputDescriptor("Input", "ObjectDictionary", "dictionary") { DisplayName = "Input", Description = "What the new instance is started with." },
            Activities.Describe.Flag("WaitForCompletion", "Wait for completion", "Goes on when the other workflow has ended."),
        ],
        Outputs = [new OutputDescriptor("Result", "Object", "Result", "The other workflow's outputs, where it was waited for.")],
        Ports = [Activities.Describe.Port("Done")],
    };

    public static StepConduct Conduct(ActivityNode node)
    {
        var workflow = node.Inputs.GetValueOrDefault("workflowDefinitionId")?.Expression is { Type: "Literal" } literal ? literal.Value.ToText() : null;
        var waits = new StepConduct { Waits = [new StepWait(WaitKind.Child, [new StepEnd([Connection.DefaultPort])], workflow)] };
        return node.Inputs.GetValueOrDefault("waitForCompletion") switch
        {
            null or { IsWrapped: true, Expression: null } => StepConduct.Passes(),
            { Expression: { Type: "Literal" } flag } => flag.Value.ToFlag() ? waits : StepConduct.Passes(),
            { IsWrapped: false } raw => raw.Raw.ToFlag() ? waits : StepConduct.Passes(),
            _ => StepConduct.Either(StepConduct.Passes(), waits),
        };
    }

    public static void Begin(IStep step, JsonObject input)
    {
        if (step.Text("workflowDefinitionId") is not { } definitionId)
        {
            step.Fault("workflow-missing", $"Expected {step.Activity.DisplayText} to name a workflow, but it does not.");
            return;
        }
        var childId = step.NewId();
        var waits = step.Input("waitForCompletion").ToFlag();
        var wait = waits ? step.OpenWait(WaitKind.Child, definitionId, childId: childId) : null;
        step.Emit(new StartChild(childId, definitionId, Version: null, input, step.Text("correlationId"), wait?.Id, Variant: null));
        if (!waits)
        {
            step.Complete();
        }
    }

    public static void Ended(IStep step, StimulusBody stimulus)
    {
        step.Produce("Result", (stimulus as Resume)?.Payload);
        step.Complete();
    }
}
