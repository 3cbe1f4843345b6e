using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>Brings an event to the waits of the unit, and keeps it for later ones where asked.</summary>
public sealed record RaiseEventStep(string Name, string? Key, JsonNode? Payload, bool Buffered) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        IReadOnlyList<string> takers = session.Burst.Deliver(Name, Key, Payload, onlyInstance: null, once: Buffered);
        if (Buffered)
        {
            session.Burst.Events.Keep(Name, Key, Payload, takers);
        }
        return Task.FromResult<Rejection?>(null);
    }
}
