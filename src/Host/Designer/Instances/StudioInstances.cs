using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Host.Queries;
using Assize.Workflows.Practice;

namespace Assize.Host.Designer.Instances;

/// <summary>Instances in Studio's shape. A personal value is never among them: the state holds none, and what stands in its place is said so.</summary>
internal static class StudioInstances
{
    private const string Personal = "[a personal value, not shown here]";

    public static JsonObject Summary(InstanceLine line) => new()
    {
        ["id"] = line.Id,
        ["definitionId"] = PracticeCase.Behind(line.DefinitionId)?.DefinitionId ?? line.DefinitionId,
        ["definitionVersionId"] = $"{line.DefinitionId}@{line.Version}",
        ["version"] = line.Baseline ?? line.Version,
        ["status"] = line.Running ? nameof(InstanceStatus.Running) : nameof(InstanceStatus.Finished),
        ["subStatus"] = line.SubStatus,
        ["correlationId"] = line.Reference.Length > 0 ? line.Reference : line.CorrelationId,
        ["name"] = line.Name,
        ["incidentCount"] = line.Incidents,
        ["createdAt"] = line.CreatedAt,
        ["updatedAt"] = line.UpdatedAt,
        ["finishedAt"] = line.FinishedAt,
    };

    public static JsonObject Whole(InstanceSeen seen)
    {
        var row = seen.Row;
        var whole = Summary(new InstanceLine(
            row.Id, row.UnitId, row.DefinitionId, row.DefinitionVersion, row.Running, row.SubStatus, row.Incidents, row.CorrelationId, row.Name,
            row.CreatedAt, row.UpdatedAt, row.FinishedAt)
        { Reference = seen.Urn ?? "" });
        whole["parentWorkflowInstanceId"] = row.ParentId;
        whole["workflowState"] = State(seen);
        return whole;
    }

    public static JsonObject Execution(InstanceSeen seen) => new()
    {
        ["status"] = seen.State.Status.ToString(),
        ["subStatus"] = seen.State.SubStatus.ToString(),
        ["updatedAt"] = seen.State.UpdatedAt,
    };

    /// <summary>Variables of every scope that is open.</summary>
    public static JsonObject Variables(InstanceSeen seen, DrawnDefinition? drawn)
    {
        var names = drawn?.Definition.Root.SelfAndBelow().SelectMany(node => node.Variables).Concat(drawn.Definition.Variables)
            .GroupBy(variable => variable.Id).ToDictionary(group => group.Key, group => group.First().Name) ?? [];
        return StudioDescriptors.List(seen.State.Activities.Values.OrderBy(activity => activity.Order).SelectMany(activity => activity.Variables)
            .Select(variable => new JsonObject
            {
                ["id"] = variable.Key,
                ["name"] = names.GetValueOrDefault(variable.Key) ?? variable.Key,
                ["value"] = Shown(variable.Value),
            }));
    }

    /// <summary>A value with what stands for personal ones put in words.</summary>
    public static JsonNode? Shown(JsonNode? value) => value switch
    {
        JsonObject reference when reference.ContainsKey("$erasable") => JsonValue.Create(Personal),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Shown(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Shown)]),
        _ => value?.DeepClone(),
    };

    private static JsonObject State(InstanceSeen seen)
    {
        var state = seen.State;
        return new JsonObject
        {
            ["id"] = state.Id,
            ["definitionId"] = state.DefinitionId,
            ["definitionVersionId"] = $"{state.DefinitionId}@{state.DefinitionVersion}",
            ["definitionVersion"] = state.DefinitionVersion,
            ["correlationId"] = state.CorrelationId,
            ["status"] = state.Status.ToString(),
            ["subStatus"] = state.SubStatus.ToString(),
            ["bookmarks"] = new JsonArray([.. state.Waits.Select(wait => Bookmark(state.Id, wait))]),
            ["incidents"] = new JsonArray([.. state.Incidents.Select(incident => Incident(state.Id, incident))]),
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray(),
            ["input"] = Members(state.Input),
            ["output"] = Members(state.Output),
            ["properties"] = new JsonObject(state.Pins.Select(pin => KeyValuePair.Create<string, JsonNode?>(pin.Key, pin.Value))),
            ["createdAt"] = state.CreatedAt,
            ["updatedAt"] = state.UpdatedAt,
            ["finishedAt"] = state.FinishedAt,
        };
    }

    private static JsonObject Bookmark(string instanceId, Wait wait) => new()
    {
        ["id"] = wait.Id,
        ["name"] = wait.Kind.ToString(),
        ["activityId"] = wait.ActivityId,
        ["activityNodeId"] = wait.NodeId,
        ["activityInstanceId"] = StudioExecutions.Id(instanceId, wait.ExecutionId),
        ["createdAt"] = wait.CreatedAt,
    };

    private static JsonObject Incident(string instanceId, Incident incident) => new()
    {
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.NodeId,
        ["activityInstanceId"] = StudioExecutions.Id(instanceId, incident.ExecutionId),
        ["activityType"] = incident.ActivityType,
        ["message"] = incident.Message,
        ["exception"] = StudioExecutions.Exception(incident.Code, incident.Message),
        ["timestamp"] = incident.At,
    };

    private static JsonObject Members(IEnumerable<KeyValuePair<string, JsonNode?>> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Key, Shown(value.Value))));
}
