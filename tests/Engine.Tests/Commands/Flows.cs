using Assize.Engine.Definitions;
using Assize.TestKit.Definitions;

namespace Assize.Engine.Tests.Commands;

/// <summary>The small workflows that these tests run.</summary>
internal static class Flows
{
    public static WorkflowDefinition TwoTasks { get; } = Draw.Workflow(
        Draw.Flowchart("flow", [Draw.Task("first"), Draw.Task("second"), Draw.End("end")], "first -> second", "second -> end"), id: "two-tasks");

    public static WorkflowDefinition Choice { get; } = Draw.Workflow(
        Draw.Flowchart("flow", [TestActivities.Choice("choose", "Yes", "No"), Draw.Task("yes"), Draw.End("end")], "choose:Yes -> yes", "choose:No -> end", "yes -> end"),
        id: "choice");

    public static WorkflowDefinition Child { get; } = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [
                Draw.Task("child-task"),
                Draw.Activity("output", "Elsa.SetOutput", ("outputName", Draw.Literal("Answer")), ("outputValue", Draw.Literal("done"))),
                Draw.End("end"),
            ],
            "child-task -> output", "output -> end"),
        id: "child");

    public static WorkflowDefinition Parent { get; } = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [
                Draw.Activity("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal("child")), ("waitForCompletion", Draw.Wrapped("JavaScript", "true"))),
                Draw.Task("after"),
            ],
            "run -> after"),
        id: "parent");

    public static WorkflowDefinition TaskThenChild { get; } = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [
                Draw.Task("first"),
                Draw.Activity("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal("child")), ("waitForCompletion", Draw.Wrapped("JavaScript", "true"))),
            ],
            "first -> run"),
        id: "task-then-child");

    public static WorkflowDefinition Listener { get; } = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [Draw.Task("before"), Draw.Activity("listen", "Elsa.Event", ("eventName", Draw.Literal("bell"))), Draw.Task("heard")],
            "before -> listen", "listen -> heard"),
        id: "listener");

    public static WorkflowDefinition Ringer { get; } = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [Draw.Task("ready"), Draw.Activity("ring", "Elsa.PublishEvent", ("eventName", Draw.Literal("bell"))), Draw.End("end")],
            "ready -> ring", "ring -> end"),
        id: "ringer");

    public static WorkflowDefinition Delay { get; } = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [Draw.Activity("wait", "Elsa.Delay", ("timeSpan", Draw.Literal("01:00:00"))), Draw.Task("later")],
            "wait -> later"),
        id: "delay");

    public static WorkflowDefinition Scripted(string script) => Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [Draw.Task("first"), Draw.Activity("script", "Elsa.RunJavaScript", ("script", Draw.Literal(script))), Draw.Task("second")],
            "first -> script", "script -> second"),
        id: "scripted");
}
