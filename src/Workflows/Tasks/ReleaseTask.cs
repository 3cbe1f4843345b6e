using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tasks;

/// <summary>Gives a task back to its lane.</summary>
public sealed class ReleaseTask(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, DateTimeOffset now, string taskId, CancellationToken ct) =>
        runner.RunAsync(db, TaskRequest.Of(caller, requestId, taskId, "release", "", now) with
        {
            Load = load => TaskRequest.Load(load, caller, taskId, clock.GetUtcNow()),
            Check = (session, _) => Task.FromResult(
                TaskRequest.Check(session, access, caller, AccessActions.ReleaseTask, taskId) ?? Held(session.One<WorkTask>()!)),
            Record = (session, _) => Task.FromResult<JsonNode?>(Release(session, caller)),
        }, ct);

    private static Rejection? Held(WorkTask task) => OpenTask.Required(task)
        ?? (task.State == TaskState.Claimed ? null : new Rejection("not-claimed", "Expected a task that somebody has taken, but nobody has."));

    private static JsonObject Release(UnitSession session, Caller caller)
    {
        WorkTask task = session.One<WorkTask>()!;
        task.State = TaskState.Open;
        task.Assignee = null;
        task.ClaimedAt = null;
        session.Write(task);
        AuditLog.Record(session, caller, AccessActions.ReleaseTask, "task", task.Id);
        return OpenTask.Answer(session, task);
    }
}
