using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>A variable of a workflow or of a container.</summary>
/// <param name="Value">The initial value as written; Studio writes a string whatever the type.</param>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, JsonNode? Value);

/// <summary>An input or output that a workflow declares.</summary>
public sealed record ArgumentDefinition(string Name, string Type, bool IsArray);
