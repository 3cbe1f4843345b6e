using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Workflows.Calendars;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Asks for a slot on a court day, and lists the hearing there.</summary>
public sealed class ListHearing : IActivityHandler
{
    public const string Kind = "list-hearing";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.ListHearing",
        Category = HearingCategory,
        DisplayName = "List hearing",
        Description = "Finds a court day with room by working-day rules and lists the hearing there.",
        Inputs =
        [
            Line("HearingType", "Hearing type", "Its CJS code, such as FH, TRIAL or SEN.", required: true),
            Script("On", "String", "On", "The day that was named, if one was; it is kept even if it is no working day."),
            Line("From", "Not before", "Where no day was named, a rule such as '10 working days after now': the first court day to try.", defaultValue: "1 working day after now"),
            Line("Within", "Days to try", "How many court days to try before a listing officer must look.", defaultValue: "10"),
            Line("PerDay", "Hearings a day", "How many hearings the court takes on a day.", defaultValue: "40"),
            Tick("Overbook", "Overbook", "List on that day even if it is full."),
            Line("At", "At", "The time of day.", defaultValue: "10:00"),
            CalendarInput,
        ],
        Outputs =
        [
            new("HearingId", "String", "Hearing", "The hearing that was listed."),
            new("StartsAt", "String", "Starts at", "When it begins."),
        ],
        Ports = [Port("Listed", "Listed"), Port("NoSlot", "No slot")],
    };

    // On a day that may be overbooked there is always room.
    public StepConduct? ConductOf(ActivityNode node) => string.Equals(DefinitionUse.Literal(node, "overbook"), "true", StringComparison.OrdinalIgnoreCase)
        ? StepConduct.WaitsFor(WaitKind.Reply, "Listed")
        : StepConduct.WaitsFor(WaitKind.Reply, "Listed", "NoSlot");

    public void Enter(IStep step)
    {
        WorkingCalendar calendar = step.Calendar();
        TimeOnly time = TimeOnly.ParseExact(step.Text("at") is { Length: > 0 } at ? at : "10:00", "HH:mm", CultureInfo.InvariantCulture);
        JsonObject payload = new()
        {
            ["hearingType"] = step.Text("hearingType"),
            ["courtOu"] = CaseStep.Text(step.WorkflowInput("courtOu")),
            ["courtName"] = CaseStep.Text(step.WorkflowInput("courtName")),
            ["days"] = new JsonArray([.. Days(step, calendar).Select(day => JsonValue.Create(Text(calendar.At(day, time))))]),
            ["perDay"] = Number(step, "perDay", 40),
            ["overbook"] = step.Ticked("overbook"),
            ["defendants"] = Defendants(step),
        };
        Wait wait = step.OpenWait(WaitKind.Reply, Kind);
        step.Emit(new Request(wait.Id, Kind, payload));
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        JsonNode? reply = ((Resume)stimulus).Payload;
        if (CaseStep.Text(reply?["hearingId"]) is null)
        {
            step.Complete("NoSlot");
            return;
        }
        step.Produce("HearingId", reply!["hearingId"]!.DeepClone());
        step.Produce("StartsAt", reply["startsAt"]!.DeepClone());
        step.Note("Listed", $"{CaseStep.Text(step.WorkflowInput("courtName"))}, {CaseStep.Text(reply["startsAt"])}");
        step.Complete("Listed");
    }

    private static IEnumerable<DateOnly> Days(IStep step, WorkingCalendar calendar)
    {
        if (CaseStep.Text(step.Input("on")) is { Length: > 0 } named)
        {
            return [DateOnly.ParseExact(named[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture)];
        }
        DateOnly first = step.Day(DateRule.Parse(step.Text("from") is { Length: > 0 } from ? from : "1 working day after now"), calendar);
        DateOnly tomorrow = calendar.AddWorkingDays(calendar.DayOf(step.Now), 1);
        DateOnly start = calendar.RollForward(first < tomorrow ? tomorrow : first);
        return calendar.SittingDays(start).Take(Number(step, "within", 10));
    }

    private static JsonArray Defendants(IStep step) => step.DefendantId() is { } one
        ? [one]
        : new JsonArray([.. (step.WorkflowInput("defendants") as JsonArray ?? []).Select(x => x?["id"]?.DeepClone())]);

    private static int Number(IStep step, string input, int otherwise) =>
        int.TryParse(step.Input(input)?.ToString(), CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
