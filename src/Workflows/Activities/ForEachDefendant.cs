using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>A child instance for every defendant, one added later included; leaves once, by its rule, and lets the others run on.</summary>
public sealed class ForEachDefendant : IActivityHandler
{
    public const string DefendantAdded = "defendant-added";

    private const string AllEnded = "AllEnded";
    private const string AnyEnded = "AnyEnded";
    private const string AnyEndedAs = "AnyEndedAs";
    private const string Later = "later";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.ForEachDefendant",
        Category = CaseCategory,
        DisplayName = "For each defendant",
        Description = "Runs a workflow for each defendant. Leaves once, when the rule is met; the case cannot end before the last of them.",
        Inputs =
        [
            new InputDescriptor("Workflow", "String", "workflow-definition-picker")
            {
                DisplayName = "Workflow", Description = "The workflow that each defendant goes through.", IsRequired = true, DefaultSyntax = "Literal",
            },
            Script("Hand", "Object", "Hand over", "An object whose members the child is started with, beside the case and the defendant."),
            Script("Defendants", "Object", "Defendants", "Who they are, where the offences changed since the case began; otherwise those it began with."),
            Line("EndedAs", "Ended as", "An outcome. Where every defendant ended with it, the step leaves by 'All ended as'; for the rule 'any ended as' one is enough."),
            Pick("LeaveWhen", "Leave when", "When the case goes on; defendants who have not ended then are gone on with beside it.",
                [("All have ended", AllEnded), ("Any has ended", AnyEnded), ("Any has ended as", AnyEndedAs)], defaultValue: AllEnded),
        ],
        Outputs = [new OutputDescriptor("Outcomes", "Object", "Outcomes", "The outcome of each defendant, by id.")],
        Ports = [Port(AllEnded, "All ended"), Port("AllEndedAs", "All ended as"), Port(AnyEnded, "Any ended"), Port(AnyEndedAs, "Any ended as")],
    };

    public StepConduct? ConductOf(ActivityNode node) => DefendantsConduct.Of(node);

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
        string ended = CaseStep.Text(came.Payload?["Outcome"]) ?? came.Outcome ?? "";
        outcomes[CaseStep.Text(wait.Spec?["defendantId"])!] = ended;
        bool all = outcomes.Count == (int)step.Memory["started"]!;
        if (step.Execution.HasLeft)
        {
            if (all)
            {
                step.CloseWaits();
                step.Complete();
            }
            return;
        }
        if (LeavesBy(step, outcomes, ended, all) is { } outcome)
        {
            Leave(step, outcomes, outcome, all);
        }
    }

    private static string? LeavesBy(IStep step, JsonObject outcomes, string ended, bool all) => step.Text("leaveWhen") switch
    {
        AnyEnded => AnyEnded,
        AnyEndedAs when ended == step.Text("endedAs") => AnyEndedAs,
        _ when !all => null,
        _ => step.Text("endedAs") is { } same && outcomes.All(x => CaseStep.Text(x.Value) == same) ? "AllEndedAs" : AllEnded,
    };

    private static void Leave(IStep step, JsonObject outcomes, string outcome, bool all)
    {
        step.Produce("Outcomes", outcomes.DeepClone());
        if (all)
        {
            step.CloseWaits();
            step.Complete(outcome);
            return;
        }
        // A defendant who is added later begins with what is in reach now.
        step.Memory[Later] = new JsonObject { ["workflow"] = step.Text("workflow"), ["input"] = Common(step) };
        step.Leave(outcome);
    }

    private static void AwaitAnother(IStep step) =>
        step.OpenWait(WaitKind.Event, DefendantAdded, key: step.CaseId(), takesBuffered: true);

    private static void Begin(IStep step, JsonObject defendant)
    {
        JsonObject? later = step.Memory[Later] as JsonObject;
        string definition = (later is null ? step.Text("workflow") : CaseStep.Text(later["workflow"])) ?? "";
        string child = step.NewId();
        string id = CaseStep.Text(defendant["id"]) ?? "";
        Wait wait = step.OpenWait(WaitKind.Child, definition, spec: new JsonObject { ["defendantId"] = id }, childId: child);
        JsonObject input = new() { ["defendant"] = defendant.DeepClone() };
        foreach ((string member, JsonNode? value) in later?["input"] as JsonObject ?? Common(step))
        {
            input[member] = value?.DeepClone();
        }
        step.Memory["started"] = ((int?)step.Memory["started"] ?? 0) + 1;
        step.Emit(new StartChild(child, definition, null, input, id, wait.Id, null));
    }

    /// <summary>What every defendant's workflow is started with.</summary>
    private static JsonObject Common(IStep step)
    {
        JsonObject input = [];
        foreach (string member in (string[])["caseId", "urn", "agencies", "legalDate", "courtOu", "courtName"])
        {
            input[member] = step.WorkflowInput(member)?.DeepClone();
        }
        foreach ((string member, JsonNode? value) in step.Input("hand") as JsonObject ?? [])
        {
            input[member] = value?.DeepClone();
        }
        return input;
    }
}
