using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tasks;

/// <summary>Task rows are exactly the task waits: they are made, ended and reopened with them.</summary>
internal static class TaskRows
{
    public static void Follow(UnitSession session)
    {
        foreach (WaitChange opened in session.Opened.Where(x => x.Wait.Kind == WaitKind.Task))
        {
            session.Write(Row(session, opened, TaskState.Open));
            Join(session, opened.Wait);
        }
        foreach (WaitChange changed in session.Changed.Where(x => x.Wait.Kind == WaitKind.Task))
        {
            Reword(session, Row(session, changed, TaskState.Open));
            Join(session, changed.Wait);
        }
        foreach (WaitChange closed in session.Closed.Where(x => x.Wait.Kind == WaitKind.Task))
        {
            session.Write(Ended(session, closed));
        }
    }

    /// <summary>Whose task it is: the agency, and its role.</summary>
    public static (string Agency, string Role) LaneOf(Wait wait) => (Text(wait.Spec, "agency") ?? "", Text(wait.Spec, "role") ?? "");

    private static void Join(UnitSession session, Wait wait)
    {
        if (SessionCase.Of(session) is { } file)
        {
            SessionCase.Join(session, file, LaneOf(wait).Agency, $"Task: {wait.Name}");
        }
    }

    private static WorkTask Ended(UnitSession session, WaitChange closed)
    {
        if (closed.By is not Resume done || done.WaitId != closed.Wait.Id)
        {
            return Row(session, closed, TaskState.Cancelled);
        }
        WorkTask row = session.One<WorkTask>() is { } loaded && loaded.Id == closed.Wait.Id ? loaded : Row(session, closed, TaskState.Completed);
        row.State = TaskState.Completed;
        row.Assignee = session.Command.Actor;
        row.CompletedAt = session.Now;
        row.CompletedBy = session.Command.Actor;
        row.Outcome = done.Outcome;
        row.Undo = null;
        return row;
    }

    private static WorkTask Row(UnitSession session, WaitChange change, string state)
    {
        JsonObject spec = change.Wait.Spec ?? [];
        return new WorkTask
        {
            Id = change.Wait.Id,
            UnitId = session.UnitId,
            InstanceId = change.Instance.Id,
            ActivityId = change.Wait.ActivityId,
            CaseId = Text(spec, "caseId"),
            DefendantId = Text(spec, "defendantId"),
            HearingId = Text(spec, "hearingId"),
            SubmissionId = Text(spec, "submissionId"),
            Title = change.Wait.Name,
            Instructions = Text(spec, "instructions") ?? "",
            LaneAgency = LaneOf(change.Wait).Agency,
            LaneRole = LaneOf(change.Wait).Role,
            FormId = Text(spec, "form") ?? "",
            FormVersion = (int?)spec["formVersion"] ?? 1,
            Outcomes = spec["outcomes"]?.ToJsonString() ?? "[]",
            Priority = (int?)spec["priority"] ?? 2,
            DueAt = change.Wait.Due,
            NotBefore = Instant(spec, "notBefore"),
            Statutory = (bool?)spec["statutory"] ?? false,
            NotBy = spec["notBy"]?.ToJsonString() ?? "[]",
            State = state,
            CreatedAt = change.Wait.CreatedAt,
        };
    }

    // Who holds it, and since when, is no matter of the wait: see LaneChanges.
    private static void Reword(UnitSession session, WorkTask row) => session.Also(
        """
        UPDATE work_task SET activity_id = @activity, title = @title, instructions = @instructions, lane_agency = @agency, lane_role = @role, form_id = @form,
            form_version = @formVersion, outcomes = @outcomes, priority = @priority, not_before = @notBefore, statutory = @statutory, not_by = @notBy
        WHERE id = @task
        """,
        ("@activity", row.ActivityId), ("@title", row.Title), ("@instructions", row.Instructions), ("@agency", row.LaneAgency), ("@role", row.LaneRole),
        ("@form", row.FormId), ("@formVersion", row.FormVersion), ("@outcomes", row.Outcomes), ("@priority", row.Priority), ("@notBefore", row.NotBefore),
        ("@statutory", row.Statutory), ("@notBy", row.NotBy), ("@task", row.Id));

    private static string? Text(JsonObject? spec, string member) => (string?)spec?[member];

    private static DateTimeOffset? Instant(JsonObject spec, string member) =>
        Text(spec, member) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
