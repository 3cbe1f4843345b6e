using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tasks;

/// <summary>Takes a task for oneself. Changes the row and the audit only: the workflow does not step.</summary>
public sealed class ClaimTask(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, DateTimeOffset now, string taskId, CancellationToken ct) =>
        runner.RunAsync(db, TaskRequest.Of(caller, requestId, taskId, "claim", "", now) with
        {
            Load = load => TaskRequest.Load(load, caller, taskId, clock.GetUtcNow()),
            Check = (session, _) => Task.FromResult(
                TaskRequest.Check(session, access, caller, AccessActions.ClaimTask, taskId) ?? OpenTask.Required(session.One<WorkTask>()!)),
            Record = (session, _) => Task.FromResult<JsonNode?>(Claim(session, caller)),
        }, ct);

    private static JsonObject Claim(UnitSession session, Caller caller)
    {
        WorkTask task = session.One<WorkTask>()!;
        if (task.Assignee != caller.Subject)
        {
            task.State = TaskState.Claimed;
            task.Assignee = caller.Subject;
            task.ClaimedAt = session.Now;
            session.Write(task);
            AuditLog.Record(session, caller, AccessActions.ClaimTask, "task", task.Id);
        }
        return OpenTask.Answer(session, task);
    }
}
