using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>One value changed after the message came; it stands beside what was received.</summary>
/// <param name="Value">Null removes the value.</param>
public sealed record Correction(string Pointer, JsonNode? Value, string By, DateTimeOffset At);
