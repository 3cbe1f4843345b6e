using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>Completes a task, or answers another wait from outside.</summary>
public sealed record ResumeStep(string WaitId, string? Outcome, JsonNode? Payload) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => throw new NotImplementedException();
}
