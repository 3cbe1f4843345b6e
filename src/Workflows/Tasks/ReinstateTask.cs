using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Tasks;

/// <summary>Takes a wrong completion back: what it opened is cancelled, what it wrote is as before, and the task is open again.</summary>
public sealed class ReinstateTask(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    private const string Read = "read";

    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string taskId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, TaskRequest.Of(caller, requestId, taskId, "reinstate", reason, now) with
        {
            Reason = reason,
            Load = load => Load(load, caller, taskId),
            Check = (session, _) => Task.FromResult(Check(session, caller, taskId)),
            Steps = [new ReinstateStep(taskId)],
            Record = (session, _) => Task.FromResult<JsonNode?>(Record(session, caller, reason)),
        }, ct);

    private void Load(UnitLoad load, Caller caller, string taskId)
    {
        TaskRequest.Load(load, caller, taskId, clock.GetUtcNow());
        load.Text(Read, $"""
            SELECT COALESCE(max(m.id), '') FROM message m JOIN work_task w ON w.id = @task
            WHERE m.unit_id = {load.UnitId} AND m.fetched_at IS NOT NULL AND w.undo LIKE '%"' || m.id || '"%'
            """, ("@task", taskId));
    }

    private Rejection? Check(UnitSession session, Caller caller, string taskId)
    {
        if (TaskRequest.Check(session, access, caller, AccessActions.ReinstateTask, taskId) is { } denied)
        {
            return denied;
        }
        WorkTask task = session.One<WorkTask>()!;
        if (task.State != TaskState.Completed)
        {
            return new Rejection("not-completed", $"Expected a completed task, but it is {task.State}. Nothing was changed.");
        }
        if (task.SubmissionId is not null)
        {
            // Its completion may have made a case, which is a unit of its own and does not come back with this one.
            return new Rejection("submission-went-on", "Expected a task of a case, but this one corrected a submission, which has gone on. Correct it again if it asks, or close its case as opened in error.");
        }
        return session.Text(Read) is { Length: > 0 }
            ? new Rejection("message-delivered", "Expected messages that nobody has taken yet, but an agency has one of this completion. Use the drawn correction step.")
            : null;
    }

    private static JsonObject Record(UnitSession session, Caller caller, string reason)
    {
        WorkTask task = session.One<WorkTask>()!;
        if (task.Undo is { } undo)
        {
            RecordSnapshot.Restore(session, JsonNode.Parse(undo)!["rows"]!.AsArray());
        }
        Withdraw(session, task);
        task.State = TaskState.Open;
        task.Assignee = null;
        task.ClaimedAt = null;
        task.CompletedAt = null;
        task.CompletedBy = null;
        task.Outcome = null;
        task.Undo = null;
        session.Write(task);
        AuditLog.Record(session, caller, AccessActions.ReinstateTask, "task", task.Id, said: reason);
        return OpenTask.Answer(session, task);
    }

    // One statement on PostgreSQL: a step has few. A message that its agency takes at this moment stays, since the agency has it.
    private static void Withdraw(UnitSession session, WorkTask task)
    {
        string[] messages = Ids(task, "messages"), offences = Ids(task, "offences"), hearings = Ids(task, "hearings");
        if (messages.Length + offences.Length + hearings.Length == 0)
        {
            return;
        }
        if (session.Db.Database.IsNpgsql())
        {
            session.Also($"""
                WITH gone AS (DELETE FROM message WHERE id = ANY(@messages) AND fetched_at IS NULL), unsaid AS (DELETE FROM offence WHERE id = ANY(@offences))
                UPDATE hearing SET state = '{HearingState.Vacated}' WHERE id = ANY(@hearings)
                """, ("@messages", messages), ("@offences", offences), ("@hearings", hearings));
            return;
        }
        session.Also("DELETE FROM message WHERE id IN (SELECT value FROM json_each(@messages)) AND fetched_at IS NULL", ("@messages", JsonSerializer.Serialize(messages)));
        session.Also("DELETE FROM offence WHERE id IN (SELECT value FROM json_each(@offences))", ("@offences", JsonSerializer.Serialize(offences)));
        session.Also($"UPDATE hearing SET state = '{HearingState.Vacated}' WHERE id IN (SELECT value FROM json_each(@hearings))", ("@hearings", JsonSerializer.Serialize(hearings)));
    }

    private static string[] Ids(WorkTask task, string member) => task.Undo is { } undo
        ? [.. (JsonNode.Parse(undo)![member] as JsonArray ?? []).Select(x => (string)x!)]
        : [];
}
