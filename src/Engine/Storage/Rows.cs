namespace Assize.Engine.Storage;

/// <summary>The lock: a case, or an instance that has none. Whoever changes anything below it holds its row.</summary>
public sealed class UnitRow
{
    public required string Id { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
}

public sealed class InstanceRow
{
    public required string Id { get; set; }
    public required string UnitId { get; set; }
    public string? ParentId { get; set; }
    public required string DefinitionId { get; set; }
    public required int DefinitionVersion { get; set; }
    public required bool Running { get; set; }
    public required string SubStatus { get; set; }
    public required int Incidents { get; set; }
    public string? CorrelationId { get; set; }
    public string? Name { get; set; }
    public required long Sequence { get; set; }
    public required string State { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>A wait of an instance. It stays as a row when closed, so that a late completion finds its unit and is told why.</summary>
public sealed class WaitRow
{
    public required string Id { get; set; }
    public required string UnitId { get; set; }
    public required string InstanceId { get; set; }
    public required string Kind { get; set; }
    public required string ActivityId { get; set; }
    public required string Name { get; set; }
    public string? Key { get; set; }
    public DateTimeOffset? Due { get; set; }
    public required bool Open { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>One stimulus that one instance took. Position orders the stimuli of a unit, since it is drawn under the unit's lock.</summary>
public sealed class JournalRow
{
    public long Position { get; set; }
    public required string UnitId { get; set; }
    public required string InstanceId { get; set; }
    public required long Sequence { get; set; }
    public required string RequestId { get; set; }
    public required string Kind { get; set; }
    public required DateTimeOffset At { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
    public required string Actor { get; set; }
    public string? Reason { get; set; }
    public required string DefinitionId { get; set; }
    public required int DefinitionVersion { get; set; }
    public required string Stimulus { get; set; }
    public string? PayloadDigest { get; set; }

    /// <summary>Of a start: the number of the release that chose the version; null where the version was asked for.</summary>
    public int? Release { get; set; }
    public required string Notes { get; set; }
}

/// <summary>A payload by its digest. Erasing empties the body and keeps the row.</summary>
public sealed class PayloadRow
{
    public required string Digest { get; set; }
    public string? Body { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
}

public sealed class OutboxRow
{
    public required string Id { get; set; }
    public required string UnitId { get; set; }
    public string? InstanceId { get; set; }
    public required string RequestId { get; set; }
    public required string Kind { get; set; }
    public required string Payload { get; set; }

    /// <summary>"waiting", "delivered", "failed" or "withdrawn".</summary>
    public required string State { get; set; }
    public required int Attempts { get; set; }
    public required DateTimeOffset NextAt { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public string? LastError { get; set; }
}

/// <summary>A request and its answer, so that asking again gives the same one.</summary>
public sealed class RequestRow
{
    public required string Id { get; set; }
    public required string BodyDigest { get; set; }
    public string? UnitId { get; set; }
    public required string Answer { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>An event kept for a wait that may come later in the same unit.</summary>
public sealed class EventRow
{
    public required string Id { get; set; }
    public required string UnitId { get; set; }
    public required string RequestId { get; set; }
    public required string Name { get; set; }
    public string? Key { get; set; }
    public string? Payload { get; set; }

    /// <summary>JSON object: the instances that took it, and by which request.</summary>
    public required string Taken { get; set; }
    public required DateTimeOffset At { get; set; }
}

/// <summary>A published definition, its text exactly as received.</summary>
public sealed class DefinitionRow
{
    public required string Id { get; set; }
    public required int Version { get; set; }
    public required string Hash { get; set; }
    public required string Text { get; set; }
    public string? Name { get; set; }
    public required DateTimeOffset PublishedAt { get; set; }
    public required string PublishedBy { get; set; }
    public DateTimeOffset? RetractedAt { get; set; }
}

/// <summary>A step by which the newest published version of a definition begins.</summary>
public sealed class TriggerRow
{
    public required string DefinitionId { get; set; }
    public required string ActivityId { get; set; }
    public required int Version { get; set; }

    /// <summary>"Event", "Timer", "Cron" or "StartAt".</summary>
    public required string Kind { get; set; }

    /// <summary>The event's name; empty for the others.</summary>
    public required string Name { get; set; }
    public required string Schedule { get; set; }

    /// <summary>Business time at which the next instance is due; null where none is to come.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>JSON: what a message that starts an instance says of this trigger.</summary>
    public required string Target { get; set; }
}
