namespace Assize.Workflows.Exchange;

/// <summary>A message to an agency, waiting in its mailbox until its system takes and acknowledges it.</summary>
public sealed class AgencyMessage
{
    public required string Id { get; init; }
    public required string CaseId { get; init; }
    public string? DefendantId { get; init; }
    public required string Agency { get; init; }
    public required string Kind { get; init; }

    /// <summary>JSON text.</summary>
    public required string Payload { get; set; }

    /// <summary>One of <see cref="MessageState"/>.</summary>
    public required string State { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FetchedAt { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>The event wait that the acknowledgement ends; null where nobody waits.</summary>
    public string? WaitId { get; set; }
    public required string InstanceId { get; init; }
}

public static class MessageState
{
    public const string Queued = "queued";
    public const string Sent = "sent";
    public const string Acknowledged = "acknowledged";
    public const string Failed = "failed";
}
