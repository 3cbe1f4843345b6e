using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>A legal time limit: warns at half, four fifths and all of it; may be paused, met or cancelled by events.</summary>
public sealed class DeadlineActivity : IActivityHandler
{
    private static readonly int[] s_warnings = [50, 80, 100];
    private static readonly (string Input, string Does)[] s_events = [("metBy", "met"), ("cancelledBy", "cancel"), ("pausedBy", "pause"), ("resumedBy", "resume")];

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.Deadline",
        Category = CaseCategory,
        DisplayName = "Deadline",
        Description = "A time limit with its legal source; somebody is told at 50, 80 and 100 per cent of it.",
        Inputs =
        [
            Line("Limit", "Time limit", "What must have happened.", required: true),
            Line("LegalSource", "Legal source", "The Act, regulation or rule."),
            Line("Due", "Due", "A rule such as '1 working day before hearing, rolled back'.", required: true),
            Pick("Agency", "Who is told: agency", "A part in the case, or an agency's id.", Lanes.Agencies, required: true),
            Line("MetBy", "Met by event", "The event that meets it."),
            Line("CancelledBy", "Cancelled by event", "The event after which the limit no longer applies."),
            Line("PausedBy", "Paused by event", "The event that stops the clock."),
            Line("ResumedBy", "Resumed by event", "The event that starts the clock again."),
            CorrelateBy,
            CalendarInput,
        ],
        Ports = [Port("Met", "Met"), Port("Expired", "Expired"), Port("Cancelled", "Cancelled")],
    };

    public StepConduct? ConductOf(ActivityNode node) => new()
    {
        Waits = [new StepWait(WaitKind.Timer, [.. By(node, "metBy", "Met"), new StepEnd(["Expired"]), .. By(node, "cancelledBy", "Cancelled")])],
    };

    private static StepEnd[] By(ActivityNode node, string input, string outcome) =>
        DefinitionUse.MayBeEmpty(node, input) == true ? [] : [new StepEnd([outcome], After: DefinitionUse.Literal(node, input))];

    public void Enter(IStep step)
    {
        step.Memory["from"] = Text(step.Now);
        step.Memory["due"] = Text(step.EndOfDay("due") ?? step.Now);
        step.Memory["warned"] = 0;
        foreach ((string input, string does) in s_events)
        {
            Listen(step, input, does);
        }
        AwaitWarning(step);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        switch (wait.Kind == WaitKind.Timer ? "warn" : CaseStep.Text(wait.Spec?["does"]))
        {
            case "warn":
                Warn(step);
                break;
            case "pause":
                Pause(step);
                break;
            case "resume":
                GoOn(step);
                break;
            case "met":
                step.CloseWaits();
                step.Complete("Met");
                break;
            default:
                step.CloseWaits();
                step.Complete("Cancelled");
                break;
        }
    }

    private static void Warn(IStep step)
    {
        int percent = s_warnings[(int)step.Memory["warned"]!];
        step.Memory["warned"] = (int)step.Memory["warned"]! + 1;
        string limit = step.Text("limit") ?? "";
        step.Note("Warned", $"{percent} % of the time limit has passed: {limit}");
        step.Emit(new Perform("queue-message", new JsonObject
        {
            ["messageId"] = step.NewId(),
            ["agency"] = step.Agency(step.Text("agency") ?? ""),
            ["kind"] = "deadline-warning",
            ["defendantId"] = step.DefendantId(),
            ["content"] = new JsonObject
            {
                ["urn"] = step.WorkflowInput("urn")?.DeepClone(),
                ["limit"] = limit,
                ["legalSource"] = step.Text("legalSource"),
                ["percent"] = percent,
                ["due"] = step.Memory["due"]!.DeepClone(),
            },
        }));
        if (percent == 100)
        {
            step.CloseWaits();
            step.Complete("Expired");
            return;
        }
        AwaitWarning(step);
    }

    private static void Pause(IStep step)
    {
        if (step.Memory["pausedAt"] is null)
        {
            step.Memory["pausedAt"] = Text(step.Now);
            step.Note("Paused", step.Text("limit"));
        }
        Restart(step);
    }

    private static void GoOn(IStep step)
    {
        if (CaseStep.Text(step.Memory["pausedAt"]) is { } paused)
        {
            TimeSpan pause = step.Now - Instant(paused);
            step.Memory["from"] = Text(Instant((string)step.Memory["from"]!) + pause);
            step.Memory["due"] = Text(Instant((string)step.Memory["due"]!) + pause);
            step.Memory.Remove("pausedAt");
            step.Note("Resumed", step.Text("limit"));
        }
        Restart(step);
    }

    private static void Restart(IStep step)
    {
        step.CloseWaits();
        foreach ((string input, string does) in s_events)
        {
            Listen(step, input, does);
        }
        if (step.Memory["pausedAt"] is null)
        {
            AwaitWarning(step);
        }
    }

    private static void AwaitWarning(IStep step)
    {
        DateTimeOffset from = Instant((string)step.Memory["from"]!);
        DateTimeOffset due = Instant((string)step.Memory["due"]!);
        int percent = s_warnings[(int)step.Memory["warned"]!];
        DateTimeOffset at = due <= from ? due : from + TimeSpan.FromMicroseconds(Math.Floor((due - from).TotalMicroseconds * percent / 100));
        step.OpenWait(WaitKind.Timer, step.Text("limit") ?? "", due: at, spec: new JsonObject { ["percent"] = percent, ["due"] = Text(due) });
    }

    private static void Listen(IStep step, string input, string does)
    {
        if (step.Text(input) is { Length: > 0 } name)
        {
            step.OpenWait(WaitKind.Event, name, key: Correlation.Key(step), spec: new JsonObject { ["does"] = does }, takesBuffered: true);
        }
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
