using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>One input of an activity as the definition gives it.</summary>
/// <param name="Member">The JSON member, camelCase.</param>
/// <param name="Expression">Null where the value is unwrapped, or wrapped with no expression.</param>
/// <param name="IsWrapped">True for the object with <c>typeName</c>, <c>expression</c> and <c>memoryReference</c>.</param>
/// <param name="TypeName">Null in what Studio creates: the descriptor then decides.</param>
/// <param name="Raw">The member's value, untouched.</param>
public sealed record InputValue(string Member, Expression? Expression, bool IsWrapped, string? TypeName, JsonNode? Raw);

/// <summary>Where an activity's output goes.</summary>
/// <param name="Member">The output's JSON member, camelCase.</param>
/// <param name="Target">A variable's id, or the name of a workflow output.</param>
public sealed record OutputBinding(string Member, string Target);
