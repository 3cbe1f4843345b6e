using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>The inputs that every step done by people has.</summary>
internal static class TaskInputs
{
    public static ImmutableArray<InputDescriptor> Lane { get; } =
    [
        Pick("Agency", "Agency", "Whose work it is: a part in the case, or an agency's id. The agency becomes a participant of the case.", Lanes.Agencies, required: true),
        Pick("Role", "Role", "Who in that agency may do it.", Lanes.People, required: true),
    ];

    public static ImmutableArray<InputDescriptor> Work { get; } =
    [
        Line("Title", "Title", "What the task list shows; the step's own text if empty."),
        Lines("Instructions", "Instructions", "What to do, for somebody who does it the first time."),
        Line("Form", "Form", "The id of the published form.", required: true),
    ];

    public static ImmutableArray<InputDescriptor> Rules { get; } =
    [
        Line("Due", "Due", "A rule such as '2 working days after now' or '1 working day before hearing'."),
        Line("NotBefore", "Not before", "A rule such as 'on hearing': the task is seen earlier but cannot be completed."),
        Pick("Priority", "Priority", "Where it stands in the task list.", [("Urgent", "Urgent"), ("Normal", "Normal"), ("Low", "Low")], defaultValue: "Normal"),
        Script("NotBy", "String", "Not by", "The person who must not do this step, because it checks theirs."),
        Tick("Statutory", "Statutory", "The law requires this step."),
        CalendarInput,
    ];

    public static ImmutableArray<OutputDescriptor> Outputs { get; } =
    [
        new("Answers", "Object", "Answers", "The fields of the form."),
        new("CompletedBy", "String", "Completed by", "Who completed the task."),
        new("CompletedOn", "String", "Completed on", "The day on which it was completed."),
        new("Defendants", "Object", "Defendants", "Where the form laid or withdrew offences: the defendants with those that stand now."),
    ];

    public static void Produce(IStep step, Resume done)
    {
        step.Produce("Answers", done.Payload?["fields"]?.DeepClone());
        step.Produce("CompletedBy", done.Payload?["by"]?.DeepClone());
        if (done.Payload?["defendants"] is { } defendants)
        {
            step.Produce("Defendants", defendants.DeepClone());
        }
        step.Produce("CompletedOn", step.Calendar().DayOf(step.Now).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }
}
