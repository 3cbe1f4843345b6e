using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>Brings an event to the waits of the unit, and keeps it where asked.</summary>
public sealed record RaiseEventStep(string Name, string? Key, JsonNode? Payload, bool Buffered) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => throw new NotImplementedException();
}
