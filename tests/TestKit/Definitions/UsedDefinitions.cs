using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using CsCheck;

namespace Assize.TestKit.Definitions;

/// <summary>Random definitions that use another workflow as an activity, by any of its versions: one has an outcome more, the others may or must wait for a workflow that waits for the definition itself.</summary>
public static class UsedDefinitions
{
    /// <summary>The workflow that is used.</summary>
    public const string Id = "drawn-used";

    /// <summary>The workflow that later versions of it start and wait for.</summary>
    public const string CallerId = "drawn-caller";

    private static readonly WorkflowDefinition s_child = DefinitionReader.Read(DefinitionGenerator.ChildJson);

    private static readonly WorkflowDefinition s_first = Used(
        1, Draw.Flowchart("asking", [TestActivities.Choice("asked", "Yes", "No", "Later"), Complete("Yes"), Complete("No"), Complete("Later")], "asked:Yes -> Yes", "asked:No -> No", "asked:Later -> Later"));

    private static readonly WorkflowDefinition s_second = Used(
        2, Draw.Flowchart("asking", [TestActivities.Choice("asked", "Yes", "No"), Call(CallerId), Complete("Yes"), Complete("No")], "asked:Yes -> call", "call -> Yes", "asked:No -> No"));

    private static readonly WorkflowDefinition s_third = Used(
        3, Draw.Flowchart("asking", [Call(CallerId), TestActivities.Choice("asked", "Yes", "No"), Complete("Yes"), Complete("No")], "call -> asked", "asked:Yes -> Yes", "asked:No -> No"));

    private static readonly WorkflowDefinition s_caller = Draw.Workflow(
        Draw.Flowchart("flow", [Draw.Task("caller-task"), Call("drawn"), Draw.End("end")], "caller-task -> call", "call -> end"), id: CallerId);

    public static Gen<DrawnCase> Gen { get; } =
        CsCheck.Gen.Int[0, 60].SelectMany(size => CsCheck.Gen.Int[0, 999].Array[size]).Select(shape => new DrawnCase(DefinitionWriter.Write(new BlockBuilder(shape, uses: true).Build()), []));

    public static WorkflowDefinition? Find(string id, int? version) => id switch
    {
        DefinitionGenerator.ChildId => s_child,
        CallerId => s_caller,
        Id => version switch { 1 => s_first, 2 => s_second, _ => s_third },
        _ => null,
    };

    private static JsonObject Call(string workflow) =>
        Draw.Activity("call", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal(workflow)), ("waitForCompletion", Draw.Literal("True")));

    private static JsonObject Complete(string outcome) => Draw.Activity(outcome, "Elsa.Complete", ("outcomes", Draw.Wrapped("Object", $"[\"{outcome}\"]")));

    private static WorkflowDefinition Used(int version, JsonObject root) => Draw.Workflow(root, d => d["version"] = version, Id);
}
