using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>Reads activities and all within them, noting what has no id or repeats one.</summary>
internal sealed class ActivityReader(List<DefinitionProblem> problems)
{
    private static readonly ImmutableHashSet<string> Reserved = ["id", "nodeId", "name", "type", "version", "customProperties", "metadata"];

    // An input of another activity may well be called so: the start of a For.
    private static readonly ImmutableHashSet<string> ReservedInContainers = ["activities", "connections", "variables", "start"];

    private readonly HashSet<string> _ids = [];

    /// <summary>Null where the activity has no id or type; the problem is noted.</summary>
    public ActivityNode? Read(JsonObject json, string parentNodeId, string pointer)
    {
        var id = json.TextOf("id");
        var type = json.TextOf("type");
        if (string.IsNullOrWhiteSpace(id) || string.IsNullOrWhiteSpace(type))
        {
            var (member, code) = string.IsNullOrWhiteSpace(id) ? ("id", "id-missing") : ("type", "type-missing");
            problems.Add(new(code, $"Expected the step {NameOf(json)} to have a member \"{member}\", but it has none. Give it one.", id, pointer));
            return null;
        }
        if (!_ids.Add(id))
        {
            problems.Add(new("id-repeated", $"Expected every step to have an id of its own, but {NameOf(json)} repeats \"{id}\". Give one of them another.", id, pointer));
        }
        return ReadMembers(json, id, type, $"{parentNodeId}:{id}", pointer);
    }

    private ActivityNode ReadMembers(JsonObject json, string id, string type, string nodeId, string pointer)
    {
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, InputValue>(StringComparer.Ordinal);
        var outputs = ImmutableSortedDictionary.CreateBuilder<string, OutputBinding>(StringComparer.Ordinal);
        var ports = ImmutableSortedDictionary.CreateBuilder<string, ActivityNode>(StringComparer.Ordinal);
        var isContainer = json["activities"] is JsonArray;
        foreach (var (member, value) in json.Where(m => !Reserved.Contains(m.Key) && !(isContainer && ReservedInContainers.Contains(m.Key))))
        {
            if (value is JsonObject embedded && LooksLikeActivity(embedded))
            {
                AddPort(ports, member, embedded, nodeId, $"{pointer}/{member}");
            }
            else if (Binding(value) is { } target)
            {
                outputs.Add(member, new OutputBinding(member, target));
            }
            else
            {
                inputs.Add(member, Input(member, value));
                AddCases(ports, member, value, nodeId, $"{pointer}/{member}");
            }
        }
        return new ActivityNode
        {
            Id = id,
            NodeId = nodeId,
            Type = type,
            Version = json.WholeNumberOf("version") ?? 1,
            Name = json.TextOf("name"),
            DisplayText = NameOf(json),
            Inputs = inputs.ToImmutable(),
            OutputBindings = outputs.ToImmutable(),
            Ports = ports.ToImmutable(),
            Children = ReadChildren(json, nodeId, pointer),
            Connections = ReadConnections(json, id, pointer),
            Variables = DefinitionReader.ReadVariables(json),
            Start = isContainer ? json.TextOf("start") ?? (json["start"] as JsonObject)?.TextOf("id") : null,
            Pointer = pointer,
            Json = json,
        };
    }

    private ImmutableArray<ActivityNode> ReadChildren(JsonObject json, string nodeId, string pointer)
    {
        var children = ImmutableArray.CreateBuilder<ActivityNode>();
        foreach (var (child, i) in json.ArrayOf("activities").Select((c, i) => (c, i)))
        {
            if (child is not JsonObject childJson)
            {
                problems.Add(new("activity-unreadable", "Expected a step, but there is something else in the list of activities. Take it out.", Pointer: $"{pointer}/activities/{i}"));
            }
            else if (Read(childJson, nodeId, $"{pointer}/activities/{i}") is { } read)
            {
                children.Add(read);
            }
        }
        return children.ToImmutable();
    }

    private ImmutableArray<Connection> ReadConnections(JsonObject json, string id, string pointer)
    {
        var connections = ImmutableArray.CreateBuilder<Connection>();
        foreach (var (item, i) in json.ArrayOf("connections").Select((c, i) => (c as JsonObject, i)))
        {
            var source = item?["source"] as JsonObject;
            var from = source?.TextOf("activity");
            var to = (item?["target"] as JsonObject)?.TextOf("activity");
            if (from is null || to is null)
            {
                problems.Add(new("connection-unreadable", "Expected a connection to name a source and a target activity, but it does not. Draw it between two steps, or take it out.", id, $"{pointer}/connections/{i}"));
                continue;
            }
            connections.Add(new Connection(i, from, source!.TextOf("port") ?? Connection.DefaultPort, to));
        }
        return connections.ToImmutable();
    }

    private void AddPort(ImmutableSortedDictionary<string, ActivityNode>.Builder ports, string port, JsonObject json, string nodeId, string pointer)
    {
        if (Read(json, nodeId, pointer) is { } node)
        {
            ports.Add(port, node);
        }
    }

    // A Switch keeps an activity in each of its cases.
    private void AddCases(ImmutableSortedDictionary<string, ActivityNode>.Builder ports, string member, JsonNode? value, string nodeId, string pointer)
    {
        foreach (var (item, i) in (value as JsonArray ?? []).Select((c, i) => (c as JsonObject, i)))
        {
            if (item?["activity"] is JsonObject embedded && LooksLikeActivity(embedded))
            {
                AddPort(ports, $"{member}/{i}", embedded, nodeId, $"{pointer}/{i}/activity");
            }
        }
    }

    private static InputValue Input(string member, JsonNode? value)
    {
        var isWrapped = value is JsonObject wrapped && wrapped.ContainsKey("expression");
        if (!isWrapped)
        {
            return new InputValue(member, null, false, null, value);
        }
        var json = (JsonObject)value!;
        var expression = json["expression"] is JsonObject e && e.TextOf("type") is { } type ? new Expression(type, e["value"]) : null;
        return new InputValue(member, expression, true, json.TextOf("typeName"), value);
    }

    private static string? Binding(JsonNode? value) =>
        value is JsonObject json && !json.ContainsKey("expression") && json["memoryReference"] is JsonObject reference ? reference.TextOf("id") : null;

    private static bool LooksLikeActivity(JsonObject json) =>
        json.TextOf("type") is not null && (json.ContainsKey("version") || json.ContainsKey("id"));

    private static string NameOf(JsonObject json) =>
        ((json["metadata"] as JsonObject)?.TextOf("displayText") is { Length: > 0 } text ? text : null)
        ?? (json.TextOf("name") is { Length: > 0 } name ? name : null)
        ?? json.TextOf("id")
        ?? "without a name";
}
