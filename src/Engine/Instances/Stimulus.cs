using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Assize.Engine.Instances;

/// <summary>What makes an instance step. The journal holds each one; state is nothing but their fold.</summary>
/// <param name="RequestId">Ids and the script seed of the step derive from it and from the instance id.</param>
/// <param name="Now">Business time, UTC, whole microseconds.</param>
/// <param name="Actor">Who caused it: a subject, a client or "system".</param>
/// <param name="Reason">Why, where a person gave a reason.</param>
/// <param name="Body">What happened.</param>
public sealed record Stimulus(string RequestId, DateTimeOffset Now, string Actor, string? Reason, StimulusBody Body);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(Start), "start")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(TimerDue), "timer")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Retry), "retry")]
[JsonDerivedType(typeof(LimitExceeded), "limit")]
[JsonDerivedType(typeof(Reinstate), "reinstate")]
[JsonDerivedType(typeof(Migrate), "migrate")]
public abstract record StimulusBody;

/// <summary>Begins the instance; the state before it is null.</summary>
/// <param name="RuleSet">The number of the engine's rules that it runs under for life; null in journals older than the second set.</param>
public sealed record Start(
    JsonObject Input,
    ImmutableSortedDictionary<string, int> Pins,
    string? CorrelationId,
    string? ParentId,
    string? ParentWaitId,
    string? TriggerActivityId,
    int? RuleSet = null) : StimulusBody;

/// <summary>A task was completed, an event came, a child ended or an effect replied.</summary>
/// <param name="Outcome">Task only: the chosen outcome. Child: "Completed", "Canceled" or "Faulted".</param>
public sealed record Resume(string WaitId, WaitKind Kind, string? Outcome, JsonNode? Payload) : StimulusBody;

public sealed record TimerDue(string WaitId) : StimulusBody;

public sealed record Cancel : StimulusBody;

public sealed record Retry(string IncidentId) : StimulusBody;

/// <summary>A script hit its memory or wall-clock limit; a replay makes the incident and never runs the script.</summary>
public sealed record LimitExceeded(string ExecutionId, string ActivityId, string Limit, StimulusBody Instead) : StimulusBody;

/// <summary>Takes back a wrong completion: the state becomes what it was, the sequence goes on.</summary>
/// <param name="State">Canonical JSON of the state before the step taken back.</param>
public sealed record Reinstate(long BackToSequence, JsonObject State) : StimulusBody;

/// <summary>Takes the instance to another version of its workflow, as planned by a rehearsal; nothing else about it happens.</summary>
/// <param name="State">Canonical JSON of the state on that version; its waits have the ids and instants that they had.</param>
/// <param name="Trace">Where what that state holds stands in the new version.</param>
/// <param name="Mapping">What somebody decided about the steps that differ.</param>
/// <param name="Reverses">True where it takes back the migration just before it; trace and mapping are empty then.</param>
public sealed record Migrate(int Version, JsonObject State, Trace Trace, StepMapping Mapping, bool Reverses) : StimulusBody;
