using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>One expression of a definition, as written: its language and its source.</summary>
/// <param name="Type">Literal, Object, JavaScript, Liquid, Variable or Input; others are kept, and refused at publish.</param>
/// <param name="Value">A string in what Studio writes; Variable and Input may also be objects.</param>
public sealed record Expression(string Type, JsonNode? Value);
