using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.TestKit.Definitions;

/// <summary>Draws small definitions in a test: activities by short calls, connections as "a -> b" or "a:Port -> b".</summary>
public static class Draw
{
    /// <summary>A definition with this root.</summary>
    public static WorkflowDefinition Workflow(JsonObject root, Action<JsonObject>? change = null, string id = "drawn")
    {
        var json = new JsonObject
        {
            ["id"] = $"{id}-1",
            ["definitionId"] = id,
            ["name"] = id,
            ["version"] = 1,
            ["variables"] = new JsonArray(),
            ["root"] = root,
        };
        change?.Invoke(json);
        return DefinitionReader.Read(json.ToJsonString());
    }

    /// <summary>A definition whose root is a flowchart of these.</summary>
    public static WorkflowDefinition Flow(JsonObject[] activities, params string[] connections) => Workflow(Flowchart("flow", activities, connections));

    /// <summary>A flowchart; its first activity is where it begins.</summary>
    public static JsonObject Flowchart(string id, JsonObject[] activities, params string[] connections) =>
        Activity(id, "Elsa.Flowchart", ("activities", new JsonArray([.. activities])), ("connections", new JsonArray([.. connections.Select(Connection)])), ("start", activities.FirstOrDefault()?["id"]?.GetValue<string>()));

    public static JsonObject Sequence(string id, params JsonObject[] activities) =>
        Activity(id, "Elsa.Sequence", ("activities", new JsonArray([.. activities])));

    /// <summary>Any activity with its members.</summary>
    public static JsonObject Activity(string id, string type, params (string Member, JsonNode? Value)[] members)
    {
        var json = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = id };
        foreach (var (member, value) in members)
        {
            json[member] = value;
        }
        return json;
    }

    /// <summary>A wait for a task named like the activity.</summary>
    public static JsonObject Task(string id) => Activity(id, "Elsa.RunTask", ("taskName", Literal(id)));

    /// <summary>A line in the journal that says the activity's id.</summary>
    public static JsonObject Write(string id) => Activity(id, "Elsa.WriteLine", ("text", Literal(id)));

    public static JsonObject Fork(string id, params string[] branches) =>
        Activity(id, "Elsa.FlowFork", ("branches", Wrapped("Object", new JsonArray([.. branches.Select(b => JsonValue.Create(b))]).ToJsonString())));

    public static JsonObject Join(string id, string? mode) =>
        mode is null ? Activity(id, "Elsa.FlowJoin") : Activity(id, "Elsa.FlowJoin", ("mode", Literal(mode)));

    public static JsonObject Decision(string id, JsonObject condition) => Activity(id, "Elsa.FlowDecision", ("condition", condition));

    public static JsonObject End(string id) => Activity(id, "Elsa.End");

    public static JsonObject SetVariable(string id, string variable, JsonObject value) =>
        Activity(id, "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = variable, ["name"] = variable }), ("value", value));

    public static JsonObject Literal(string text) => Wrapped("Literal", text);

    public static JsonObject Script(string source) => Wrapped("JavaScript", source);

    /// <summary>An expression of that language.</summary>
    public static JsonObject Wrapped(string language, string value) => new()
    {
        ["typeName"] = null,
        ["expression"] = new JsonObject { ["type"] = language, ["value"] = value },
        ["memoryReference"] = null,
    };

    public static JsonObject Variable(string name, string typeName, string? value = null) => new()
    {
        ["id"] = name,
        ["name"] = name,
        ["typeName"] = typeName,
        ["isArray"] = false,
        ["value"] = value,
    };

    private static JsonObject Connection(string drawn)
    {
        var ends = drawn.Split("->", StringSplitOptions.TrimEntries);
        var source = ends[0].Split(':', 2);
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }
}
