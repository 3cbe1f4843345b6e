using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Storage;

namespace Assize.Host.Designer.Instances;

/// <summary>What an instance did, read out of its journal: every note, and the executions that the notes are of.</summary>
/// <remarks>What a reinstatement took back stays among the notes, since it happened, and counts for no execution.</remarks>
internal sealed class InstanceTrace
{
    private InstanceTrace(IReadOnlyList<TracedNote> notes, IReadOnlyList<TracedExecution> executions) => (Notes, Executions) = (notes, executions);

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<TracedNote> Notes { get; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<TracedExecution> Executions { get; }

    /// <param name="rows">The journal of one instance, in order.</param>
    public static InstanceTrace Of(IReadOnlyList<JournalRow> rows)
    {
        List<TracedNote> notes = [];
        List<TracedNote> standing = [];
        foreach (var row in rows)
        {
            if (row.Kind == "reinstate" && InstanceJson.ReadStimulus(row.Stimulus).Body is Reinstate back)
            {
                standing.RemoveAll(note => note.Sequence > back.BackToSequence);
            }

            var number = 0;
            foreach (var note in NotesJson.Read(row.Notes))
            {
                var traced = new TracedNote(string.Create(CultureInfo.InvariantCulture, $"{row.Position}-{number++}"), row.Sequence, row.At, note);
                notes.Add(traced);
                standing.Add(traced);
            }
        }

        return new InstanceTrace(notes, Executed(standing));
    }

    private static List<TracedExecution> Executed(List<TracedNote> notes)
    {
        var byId = new Dictionary<string, TracedExecution>();
        List<TracedExecution> executions = [];
        foreach (var note in notes)
        {
            if (!byId.TryGetValue(note.Note.ExecutionId, out var execution))
            {
                byId[note.Note.ExecutionId] = execution = new TracedExecution(note);
                executions.Add(execution);
            }

            execution.Take(note);
        }

        return executions;
    }
}

/// <summary>A line of the journal with the time of its step.</summary>
internal sealed record TracedNote(string Id, long Sequence, DateTimeOffset At, JournalNote Note);

/// <summary>One execution of one step.</summary>
internal sealed class TracedExecution(TracedNote first)
{
    public string Id { get; } = first.Note.ExecutionId;
    public string? ParentId { get; } = first.Note.ParentExecutionId;
    public string ActivityId { get; } = first.Note.ActivityId;
    public string NodeId { get; } = first.Note.NodeId;
    public string Type { get; } = first.Note.ActivityType;
    public string? Name { get; } = first.Note.ActivityName;
    public DateTimeOffset StartedAt { get; } = first.At;
    public DateTimeOffset? EndedAt { get; private set; }
    public ActivityStatus Status { get; private set; } = ActivityStatus.Running;
    public bool IsWaiting { get; private set; }
    public JsonArray Outcomes { get; private set; } = [];

    /// <summary>Why it stands at an incident.</summary>
    public JournalNote? Fault { get; private set; }

    public void Take(TracedNote note)
    {
        switch (note.Note.Event)
        {
            case "Suspended":
                IsWaiting = true;
                break;
            case "Resumed" or "Retried":
                (IsWaiting, Fault, Status) = (false, null, ActivityStatus.Running);
                break;
            case "Faulted":
                (Fault, Status, IsWaiting) = (note.Note, ActivityStatus.Faulted, false);
                break;
            case "Completed" or "Concluded":
                End(note, ActivityStatus.Completed);
                break;
            case "Canceled":
                End(note, ActivityStatus.Canceled);
                break;
        }
    }

    private void End(TracedNote note, ActivityStatus how)
    {
        (Status, IsWaiting, Fault, EndedAt) = (how, false, null, note.At);
        if (note.Note.Data?["outcomes"] is JsonArray outcomes)
        {
            Outcomes = outcomes.DeepClone().AsArray();
        }
    }
}
