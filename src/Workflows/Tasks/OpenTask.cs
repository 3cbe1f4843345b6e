using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tasks;

internal static class OpenTask
{
    /// <summary>Null where the task can still be worked on.</summary>
    public static Rejection? Required(WorkTask task) => task.State switch
    {
        TaskState.Completed => new Rejection("task-completed", $"Expected an open task, but it was completed as \u2018{task.Outcome}\u2019. Nothing was changed."),
        TaskState.Cancelled => new Rejection("task-cancelled", "Expected an open task, but the case has gone on without it. Nothing was changed."),
        _ => null,
    };

    public static JsonObject Answer(UnitSession session, WorkTask task) => new()
    {
        ["id"] = task.Id,
        ["state"] = task.State,
        ["outcome"] = task.Outcome,
        ["caseUrn"] = SessionCase.Of(session)?.Urn,
    };
}
