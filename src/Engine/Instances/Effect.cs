using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>What a step asks of the world; performed in the step's own transaction, in order.</summary>
public abstract record Effect;

/// <summary>Starts a child under the same unit. The wait is null where the parent does not wait.</summary>
/// <param name="Version">Fixed version, or null: chosen by release as for a new case.</param>
public sealed record StartChild(
    string InstanceId, string DefinitionId, int? Version, JsonObject Input, string? CorrelationId, string? WaitId, string? Variant) : Effect;

public sealed record CancelChild(string InstanceId) : Effect;

/// <summary>Raises an event to whoever waits for it.</summary>
/// <param name="LocalOnly">Only to this instance (Elsa's IsLocalEvent).</param>
/// <param name="Buffered">Kept for a later <c>Assize.AwaitEvent</c> of the same unit.</param>
public sealed record RaiseEvent(string Name, string? Key, JsonNode? Payload, bool LocalOnly, bool Buffered) : Effect;

/// <summary>Work inside the transaction with a reply, which comes back as a journaled <see cref="Resume"/>.</summary>
public sealed record Request(string WaitId, string Kind, JsonObject Payload) : Effect;

/// <summary>Work inside the transaction without a reply (the case record's stage, a recorded outcome).</summary>
public sealed record Perform(string Kind, JsonObject Payload) : Effect;

/// <summary>A message out of the database: an outbox row, delivered after commit, at least once.</summary>
public sealed record Send(string MessageId, string Kind, JsonObject Payload) : Effect;

/// <summary>The instance ended; its parent's wait, if any, resumes with the output.</summary>
public sealed record Ended(InstanceSubStatus How, ImmutableSortedDictionary<string, JsonNode?> Output, ImmutableArray<string> Outcomes) : Effect;
