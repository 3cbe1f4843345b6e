using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>Brings an event to the waits of the unit, keeps it for later ones where asked, and begins the workflows that start with it.</summary>
/// <param name="BeginsWorkflows">False where the event was raised before, in another unit.</param>
public sealed record RaiseEventStep(string Name, string? Key, JsonNode? Payload, bool Buffered, bool BeginsWorkflows = true) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        if (!BeginsWorkflows && session.IsIsolated)
        {
            return Task.FromResult<Rejection?>(null);
        }
        session.Burst.Deliver(Name, Key, Payload, onlyInstance: null, Buffered ? session.Burst.Events.Keep(Name, Key, Payload) : null);
        if (BeginsWorkflows)
        {
            session.Burst.Raised.Add(Name, Key, Payload, elsewhere: false, instanceId: null);
        }
        return Task.FromResult<Rejection?>(null);
    }
}
