using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>A definition being changed. What an operation does not name stays as it was, byte for byte.</summary>
internal sealed class DefinitionCopy
{
    private readonly Dictionary<string, PlacedJson> _steps = [];

    public DefinitionCopy(WorkflowDefinition definition)
    {
        Before = definition;
        Json = definition.Json.DeepClone().AsObject();
        Index(definition.Root, Json["root"]!.AsObject(), null, "");
    }

    public WorkflowDefinition Before { get; }
    public JsonObject Json { get; }

    /// <summary>A step as it was found, with its JSON as it stands now; null where there is none.</summary>
    public PlacedJson? Find(string id) => _steps.GetValueOrDefault(id);

    public bool Has(string id) => _steps.ContainsKey(id);

    public int CountOf(string type) => _steps.Values.Count(step => step.Node.Type == type);

    public bool HasName(string name) => _steps.Values.Any(step => step.Node.Name == name);

    /// <summary>Reads what came of it: an operation that broke the text fails here and not at somebody's next visit.</summary>
    public WorkflowDefinition Read() => DefinitionReader.Read(Json.ToJsonString());

    private void Index(ActivityNode node, JsonObject json, ActivityNode? parent, string port)
    {
        _steps.Add(node.Id, new PlacedJson(node, json, parent, port));
        var activities = json.ArrayOf("activities").OfType<JsonObject>().ToDictionary(child => child.TextOf("id") ?? "");
        foreach (var child in node.Children)
        {
            Index(child, activities[child.Id], node, "");
        }
        foreach (var (name, embedded) in node.Ports)
        {
            Index(embedded, Embedded(json, name), node, name);
        }
    }

    private static JsonObject Embedded(JsonObject json, string port) =>
        port.Split('/') is [var member, var index]
            ? json[member]![int.Parse(index, CultureInfo.InvariantCulture)]!["activity"]!.AsObject()
            : json[port]!.AsObject();
}

/// <summary>A step with where it stands.</summary>
/// <param name="Json">Part of the copy: what is written here is changed.</param>
/// <param name="Port">The embedded port that holds it; empty within a container's list.</param>
internal sealed record PlacedJson(ActivityNode Node, JsonObject Json, ActivityNode? Parent, string Port);
