using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Host.Queries;
using Assize.Workflows.Activities;

namespace Assize.Host.Designer.Instances;

/// <summary>Executions and journal lines in the shape of Studio's viewer.</summary>
internal static class StudioExecutions
{
    /// <summary>An execution's id as Studio knows it: it asks by that alone, so the id names the instance, too.</summary>
    public static string Id(string instanceId, string? executionId) => $"{instanceId}.{executionId}";

    public static JsonObject Exception(string? code, string? message) => new()
    {
        ["type"] = code,
        ["message"] = message,
        ["stackTrace"] = null,
        ["innerException"] = null,
    };

    public static JsonObject Line(string instanceId, TracedNote line, long number) => new()
    {
        ["id"] = line.Id,
        ["activityInstanceId"] = Id(instanceId, line.Note.ExecutionId),
        ["parentActivityInstanceId"] = line.Note.ParentExecutionId is { } parent ? Id(instanceId, parent) : null,
        ["activityId"] = line.Note.ActivityId,
        ["activityType"] = line.Note.ActivityType,
        ["activityTypeVersion"] = 1,
        ["activityName"] = line.Note.ActivityName,
        ["nodeId"] = line.Note.NodeId,
        ["timestamp"] = line.At,
        ["sequence"] = number,
        ["eventName"] = line.Note.Event,
        ["message"] = line.Note.Message,
        ["source"] = null,
        ["activityState"] = new JsonObject(),
        ["payload"] = StudioInstances.Shown(line.Note.Data),
    };

    /// <summary>One line for each step: Studio takes a second one for a mistake.</summary>
    public static JsonArray Stats(InstanceTrace trace) => new([.. trace.Executions.GroupBy(execution => execution.NodeId).Select(step => new JsonObject
    {
        ["activityId"] = step.First().ActivityId,
        ["activityNodeId"] = step.Key,
        ["startedCount"] = step.Count(),
        ["completedCount"] = step.Count(execution => execution.Status == ActivityStatus.Completed),
        ["uncompletedCount"] = step.Count(execution => execution.Status is ActivityStatus.Running or ActivityStatus.Faulted),
        ["isBlocked"] = step.Any(execution => execution.IsWaiting),
        ["isFaulted"] = step.Any(execution => execution.Status == ActivityStatus.Faulted),
        ["metadata"] = new JsonObject(),
    })]);

    public static JsonObject Summary(InstanceSeen seen, TracedExecution execution) => new()
    {
        ["id"] = Id(seen.State.Id, execution.Id),
        ["workflowInstanceId"] = seen.State.Id,
        ["activityId"] = execution.ActivityId,
        ["activityNodeId"] = execution.NodeId,
        ["activityType"] = execution.Type,
        ["activityTypeVersion"] = 1,
        ["activityName"] = execution.Name,
        ["startedAt"] = execution.StartedAt,
        ["hasBookmarks"] = execution.IsWaiting,
        ["metadata"] = new JsonObject(),
        ["status"] = execution.Status.ToString(),
        ["aggregateFaultCount"] = execution.Fault is null ? 0 : 1,
        ["completedAt"] = execution.EndedAt,
    };

    public static JsonObject Whole(InstanceSeen seen, TracedExecution execution, DrawnDefinition? drawn, int depth = 0)
    {
        var whole = Summary(seen, execution);
        var node = drawn?.Find(execution.ActivityId);
        whole["activityState"] = node is null ? new JsonObject() : Drawn(node);
        whole["payload"] = new JsonObject { ["Outcomes"] = execution.Outcomes.DeepClone() };
        whole["outputs"] = seen.State.Results.GetValueOrDefault(execution.ActivityId) is JsonObject results ? StudioInstances.Shown(results) : new JsonObject();
        whole["properties"] = new JsonObject();
        whole["exception"] = execution.Fault is { } fault ? Exception(fault.Data?.TextOf("code"), fault.Message) : null;
        whole["schedulingActivityExecutionId"] = execution.ParentId is { } parent ? Id(seen.State.Id, parent) : null;
        whole["schedulingWorkflowInstanceId"] = execution.ParentId is null ? seen.State.ParentId : null;
        whole["callStackDepth"] = depth;
        return whole;
    }

    /// <summary>The inputs as they are drawn: an expression is shown by its source, since what it gave is not kept.</summary>
    private static JsonObject Drawn(ActivityNode node)
    {
        var state = new JsonObject();
        foreach (var input in CaseActivities.Table.Catalog.Find(node.Type)?.Inputs ?? [])
        {
            if (node.Inputs.TryGetValue(input.Member, out var value))
            {
                state[input.Name] = value.Expression is { } expression ? Text(expression) : node.Json[input.Member]?.DeepClone();
            }
        }

        return state;
    }

    private static string? Text(Expression expression) =>
        expression.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : expression.Value?.ToJsonString();
}
