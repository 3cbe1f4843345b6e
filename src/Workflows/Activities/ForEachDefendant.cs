using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>A child instance for every defendant, one added later included; leaves once all have ended.</summary>
public sealed class ForEachDefendant : IActivityHandler
{
    public const string DefendantAdded = "defendant-added";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.ForEachDefendant",
        Category = CaseCategory,
        DisplayName = "For each defendant",
        Description = "Runs a workflow for each defendant and leaves when all of them have ended.",
        Inputs =
        [
            new InputDescriptor("Workflow", "String", "workflow-definition-picker")
            {
                DisplayName = "Workflow", Description = "The workflow that each defendant goes through.", IsRequired = true, DefaultSyntax = "Literal",
            },
            Script("Hand", "Object", "Hand over", "An object whose members the child is started with, beside the case and the defendant."),
            Script("Defendants", "Object", "Defendants", "Who they are, where the offences changed since the case began; otherwise those it began with."),
            Line("EndedAs", "All ended as", "Where every defendant ended with this outcome, the step leaves by 'All ended as' instead."),
        ],
        Outputs = [new OutputDescriptor("Outcomes", "Object", "Outcomes", "The outcome of each defendant, by id.")],
        Ports = [Port("AllEnded", "All ended"), Port("AllEndedAs", "All ended as")],
    };

    public void Enter(IStep step)
    {
        step.Memory["outcomes"] = new JsonObject();
        JsonArray defendants = step.Input("defendants") as JsonArray ?? step.WorkflowInput("defendants") as JsonArray ?? [];
        if (defendants.Count == 0)
        {
            step.Fault("no-defendants", "Expected the case to have defendants, but it has none.");
            return;
        }
        foreach (JsonNode? defendant in defendants)
        {
            Begin(step, (JsonObject)defendant!);
        }
        AwaitAnother(step);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        Resume came = (Resume)stimulus;
        if (wait.Kind == WaitKind.Event)
        {
            Begin(step, (JsonObject)came.Payload!);
            AwaitAnother(step);
            return;
        }
        JsonObject outcomes = (JsonObject)step.Memory["outcomes"]!;
        outcomes[CaseStep.Text(wait.Spec?["defendantId"])!] = CaseStep.Text(came.Payload?["Outcome"]) ?? came.Outcome;
        if (outcomes.Count == (int)step.Memory["started"]!)
        {
            Leave(step, outcomes);
        }
    }

    private static void Leave(IStep step, JsonObject outcomes)
    {
        string endedAs = step.Text("endedAs") ?? "";
        bool same = endedAs.Length > 0 && outcomes.All(x => CaseStep.Text(x.Value) == endedAs);
        step.Produce("Outcomes", outcomes.DeepClone());
        step.CloseWaits();
        step.Complete(same ? "AllEndedAs" : "AllEnded");
    }

    private static void AwaitAnother(IStep step) =>
        step.OpenWait(WaitKind.Event, DefendantAdded, key: step.CaseId(), takesBuffered: true);

    private static void Begin(IStep step, JsonObject defendant)
    {
        string definition = step.Text("workflow") ?? "";
        string child = step.NewId();
        string id = CaseStep.Text(defendant["id"]) ?? "";
        Wait wait = step.OpenWait(WaitKind.Child, definition, spec: new JsonObject { ["defendantId"] = id }, childId: child);
        JsonObject input = new() { ["defendant"] = defendant.DeepClone() };
        foreach (string member in (string[])["caseId", "urn", "agencies", "legalDate", "courtOu", "courtName"])
        {
            input[member] = step.WorkflowInput(member)?.DeepClone();
        }
        foreach ((string member, JsonNode? value) in step.Input("hand") as JsonObject ?? [])
        {
            input[member] = value?.DeepClone();
        }
        step.Memory["started"] = ((int?)step.Memory["started"] ?? 0) + 1;
        step.Emit(new StartChild(child, definition, null, input, id, wait.Id, null));
    }
}
