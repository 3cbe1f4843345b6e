using System.Text.Json.Nodes;
using Assize.Host.Api.Problems;
using Assize.Host.Queries;

namespace Assize.Host.Designer.Instances;

/// <summary>What led to an execution: from the workflow down, and where Studio asks for it from the workflow that started this one.</summary>
internal static class CallStack
{
    private sealed record Called(AskedInstance In, TracedExecution Execution);

    public static async Task<IResult> AnswerAsync(AskedInstance asked, CancellationToken ct)
    {
        if (asked.Execution is not { } execution)
        {
            return Problem.ForStatus(StatusCodes.Status404NotFound);
        }

        List<Called> stack = Within(new Called(asked, execution));
        for (var at = asked; Crosses(asked) && await StarterAsync(at, ct) is { } starter; at = starter.In)
        {
            stack.InsertRange(0, Within(starter));
        }

        return StudioAnswers.Answer(new JsonObject
        {
            ["activityExecutionId"] = StudioExecutions.Id(asked.Seen.State.Id, execution.Id),
            ["items"] = new JsonArray([.. stack.Select((called, depth) => Record(called, depth, depth == 0 ? null : stack[depth - 1]))]),
            ["totalCount"] = stack.Count,
        });
    }

    // As Elsa has it: across workflows unless that is declined.
    private static bool Crosses(AskedInstance asked) => !bool.TryParse(asked.Text("includeCrossWorkflowChain"), out var crosses) || crosses;

    private static List<Called> Within(Called called)
    {
        var byId = called.In.Trace.Executions.ToDictionary(execution => execution.Id);
        List<Called> stack = [];
        for (var at = called.Execution; at is not null; at = at.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null)
        {
            stack.Insert(0, called with { Execution = at });
        }

        return stack;
    }

    /// <summary>The execution that started an instance; null where it is nobody's child, or where the caller may not see whose.</summary>
    /// <remarks>Which step started a child that nobody waits for is written nowhere, so that its starter is the workflow.</remarks>
    private static async Task<Called?> StarterAsync(AskedInstance child, CancellationToken ct)
    {
        var services = child.Http.RequestServices;
        var instances = services.GetRequiredService<InstanceQueries>();
        if (child.Seen.State.ParentId is not { } id
            || await InstanceQuestions.FindAsync(child.Http, id, [], instances, services.GetRequiredService<StudioDefinitions>(), ct) is not { Trace.Executions: [var root, ..] executions } parent)
        {
            return null;
        }

        var starter = child.Seen.State.ParentWaitId is { } wait
            ? parent.Seen.State.Waits.FirstOrDefault(open => open.Id == wait)?.ExecutionId ?? await instances.WokenAsync(id, wait, ct)
            : null;
        return new Called(parent, executions.FirstOrDefault(execution => execution.Id == starter) ?? root);
    }

    private static JsonObject Record(Called called, int depth, Called? above)
    {
        var record = StudioExecutions.Whole(called.In.Seen, called.Execution, called.In.Drawn, depth);
        record["schedulingActivityExecutionId"] = above is null ? null : StudioExecutions.Id(above.In.Seen.State.Id, above.Execution.Id);
        record["schedulingActivityId"] = above?.Execution.ActivityId;
        return record;
    }
}
