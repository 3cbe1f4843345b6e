using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;

namespace Assize.Workflows.Storage;

/// <summary>Does one kind of work that a step asks for, inside the step's transaction; the reply of a request is journaled.</summary>
public sealed record Performer(string Kind, Func<UnitSession, JsonObject, InstanceState, CancellationToken, Task<JsonNode?>> Perform);
