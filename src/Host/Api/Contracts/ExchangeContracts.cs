using System.Text.Json.Nodes;

namespace Assize.Host.Api.Contracts;

/// <summary>A message in an agency's mailbox.</summary>
/// <param name="Id">The message's id; a message may come again with the same id until it is acknowledged.</param>
/// <param name="Kind">What it is, such as <c>case-result</c>.</param>
/// <param name="CaseUrn">The case it is about.</param>
/// <param name="State"><c>queued</c>, <c>sent</c> or <c>acknowledged</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="AcknowledgedAt">When it was acknowledged.</param>
/// <param name="Payload">What it says.</param>
public sealed record MessageItem(string Id, string Kind, string? CaseUrn, string State, DateTimeOffset CreatedAt, DateTimeOffset? AcknowledgedAt, JsonNode? Payload);

/// <summary>What came of an acknowledgement.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="State">Its state now.</param>
public sealed record MessageAnswer(string Id, string State);

/// <summary>The business clock of a demonstration.</summary>
/// <param name="Now">Business time.</param>
/// <param name="Offset">How far it is ahead of real time (ISO 8601 duration, negative where it is behind).</param>
public sealed record ClockAnswer(DateTimeOffset Now, string Offset);

/// <summary>Shifts the business clock. Give exactly one of the two.</summary>
/// <param name="Offset">How far it shall be ahead of real time: an ISO 8601 duration such as <c>P3DT2H</c> or <c>-P1D</c>.</param>
/// <param name="Now">What business time shall be now.</param>
public sealed record ClockRequest(string? Offset = null, DateTimeOffset? Now = null);
