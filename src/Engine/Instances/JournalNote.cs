using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>What a step did, for people: one line of the instance viewer and of the case history.</summary>
/// <param name="Event">Elsa's names: Started, Completed, Canceled, Faulted, Suspended, Resumed; and ours: Retried, Skipped, Text (WriteLine), Concluded (a step ended that the flow had left).</param>
public sealed record JournalNote(
    string ExecutionId, string? ParentExecutionId, string ActivityId, string NodeId, string ActivityType, string? ActivityName,
    string Event, string? Message, JsonObject? Data);
