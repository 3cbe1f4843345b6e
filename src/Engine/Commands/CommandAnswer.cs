using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>What came of a command. The same request gives the same answer, however often it is asked.</summary>
public abstract record CommandAnswer;

/// <summary>It happened, now or (replayed) when the request first came.</summary>
public sealed record Completed(JsonNode? Body, bool Replayed) : CommandAnswer;

/// <summary>It may not happen; nothing changed but the record of this refusal.</summary>
public sealed record Refused(string Code, string Message, bool Replayed, JsonNode? Detail = null) : CommandAnswer;

/// <summary>The request id was used before with another body; nothing was done.</summary>
public sealed record KeyReused : CommandAnswer;

/// <summary>Why a command may not happen.</summary>
/// <param name="Detail">What a caller needs besides: the fields at fault of a form. Kept with the answer.</param>
public sealed record Rejection(string Code, string Message, JsonNode? Detail = null);
