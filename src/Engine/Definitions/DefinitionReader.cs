using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>Reads Elsa's workflow JSON without loss.</summary>
public static class DefinitionReader
{
    /// <summary>Longest text that is read, in UTF-8 bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Deepest nesting that is read: about twenty activities inside each other.</summary>
    public const int MaxDepth = 100;

    /// <summary>The node id of the workflow itself, as Elsa's servers name it.</summary>
    public const string WorkflowNodeId = "Workflow1";

    private static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads one definition; unknown members and unknown activity types are kept.</summary>
    /// <exception cref="DefinitionUnreadable">No JSON, too large, too deep, a missing or repeated id.</exception>
    public static WorkflowDefinition Read(string json)
    {
        var document = Parse(json);
        var problems = new List<DefinitionProblem>();
        var definitionId = document.TextOf("definitionId");
        if (string.IsNullOrWhiteSpace(definitionId))
        {
            problems.Add(new("definition-id-missing", "Expected the definition to have a definitionId, but it has none. Give it the id of the workflow.", Pointer: "/definitionId"));
        }
        var root = document["root"] is JsonObject rootJson
            ? new ActivityReader(problems).Read(rootJson, WorkflowNodeId, "/root")
            : null;
        if (document["root"] is not JsonObject)
        {
            problems.Add(new("root-missing", "Expected the definition to have a root activity, but it has none. Give it a flowchart.", Pointer: "/root"));
        }
        if (document["version"] is { } version && document.WholeNumberOf("version") is null)
        {
            problems.Add(new("version-unreadable", $"Expected the version to be a whole number, but it is {version.ToJsonString()}. Give it the next number of the workflow.", Pointer: "/version"));
        }
        return problems.Count > 0 ? throw new DefinitionUnreadable(problems) : Definition(document, definitionId!, root!);
    }

    private static WorkflowDefinition Definition(JsonObject document, string definitionId, ActivityNode root) => new()
    {
        DefinitionId = definitionId,
        Version = document.WholeNumberOf("version") ?? 1,
        Id = document.TextOf("id"),
        Name = document.TextOf("name"),
        Description = document.TextOf("description"),
        Variables = ReadVariables(document),
        Inputs = ReadArguments(document, "inputs"),
        Outputs = ReadArguments(document, "outputs"),
        Outcomes = [.. document.ArrayOf("outcomes").Select(o => o.AsText()).OfType<string>()],
        Root = root,
        Json = document,
    };

    internal static ImmutableArray<VariableDefinition> ReadVariables(JsonObject owner) =>
        [.. owner.ArrayOf("variables").OfType<JsonObject>()
            .Select(v => new VariableDefinition(
                v.TextOf("id") ?? v.TextOf("name") ?? "", v.TextOf("name") ?? "", v.TextOf("typeName") ?? "Object", v.FlagOf("isArray"), v["value"]))
            .Where(v => v.Id.Length > 0)];

    private static ImmutableArray<ArgumentDefinition> ReadArguments(JsonObject document, string member) =>
        [.. document.ArrayOf(member).OfType<JsonObject>()
            .Select(a => new ArgumentDefinition(a.TextOf("name") ?? "", a.TextOf("type") ?? "Object", a.FlagOf("isArray")))
            .Where(a => a.Name.Length > 0)];

    private static JsonObject Parse(string json)
    {
        var bytes = Encoding.UTF8.GetByteCount(json);
        if (bytes > MaxBytes)
        {
            throw Unreadable("too-large", $"Expected a definition of at most {MaxBytes} bytes, but it has {bytes}.");
        }
        try
        {
            return JsonNode.Parse(json, documentOptions: ParseOptions) as JsonObject
                ?? throw Unreadable("json-unreadable", "Expected a JSON object, but the text is something else.");
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $" in line {line + 1}" : "";
            throw Unreadable("json-unreadable", $"Expected well-formed JSON no deeper than {MaxDepth} levels, but it breaks{where}.");
        }
    }

    private static DefinitionUnreadable Unreadable(string code, string message) => new([new(code, message)]);
}
