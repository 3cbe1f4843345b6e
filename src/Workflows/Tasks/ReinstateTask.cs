using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Tasks;

/// <summary>Takes a wrong completion back: what it opened is cancelled, what it wrote is as before, and the task is open again.</summary>
public sealed class ReinstateTask(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string taskId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, TaskRequest.Of(caller, requestId, taskId, "reinstate", reason, now) with
        {
            Reason = reason,
            Load = load => TaskRequest.Load(load, caller, taskId, clock.GetUtcNow()),
            Check = (session, cancel) => CheckAsync(session, caller, taskId, cancel),
            Steps = [new ReinstateStep(taskId)],
            Record = (session, cancel) => RecordAsync(session, caller, reason, cancel),
        }, ct);

    private async Task<Rejection?> CheckAsync(UnitSession session, Caller caller, string taskId, CancellationToken ct)
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
        List<string> messages = Ids(task, "messages");
        bool taken = messages.Count > 0 && await session.Db.Set<AgencyMessage>().AnyAsync(x => messages.Contains(x.Id) && x.FetchedAt != null, ct);
        return taken
            ? new Rejection("message-delivered", "Expected messages that nobody has taken yet, but an agency has one of this completion. Use the drawn correction step.")
            : null;
    }

    private static async Task<JsonNode?> RecordAsync(UnitSession session, Caller caller, string reason, CancellationToken ct)
    {
        WorkTask task = session.One<WorkTask>()!;
        if (task.Undo is { } undo)
        {
            RecordSnapshot.Restore(session, JsonNode.Parse(undo)!["rows"]!.AsArray());
        }
        await WithdrawAsync(session, task, ct);
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

    private static async Task WithdrawAsync(UnitSession session, WorkTask task, CancellationToken ct)
    {
        List<string> messages = Ids(task, "messages");
        if (messages.Count > 0)
        {
            await session.Db.Set<AgencyMessage>().Where(x => messages.Contains(x.Id)).ExecuteDeleteAsync(ct);
        }
        List<string> offences = Ids(task, "offences");
        if (offences.Count > 0)
        {
            await session.Db.Set<Offence>().Where(x => offences.Contains(x.Id)).ExecuteDeleteAsync(ct);
        }
        List<string> hearings = Ids(task, "hearings");
        if (hearings.Count > 0)
        {
            await session.Db.Set<Hearing>().Where(x => hearings.Contains(x.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, HearingState.Vacated), ct);
        }
    }

    private static List<string> Ids(WorkTask task, string member) => task.Undo is { } undo
        ? [.. (JsonNode.Parse(undo)![member] as JsonArray ?? []).Select(x => (string)x!)]
        : [];
}
