using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>Brings an event to the waits of other units: a command for each.</summary>
internal static class EventDelivery
{
    /// <summary>The engine's own kind of message: an event for waits of other units.</summary>
    public const string Kind = "engine.event";

    public static async Task DeliverAsync(UnitRunner runner, Func<DbContext> open, OutboxRow message, DateTimeOffset now, CancellationToken ct)
    {
        JsonObject payload = JsonNode.Parse(message.Payload)!.AsObject();
        (string name, string? key, string? from) = ((string)payload["name"]!, (string?)payload["key"], (string?)payload["from"]);
        await using DbContext db = open();
        List<string> units = await db.Set<WaitRow>().AsNoTracking()
            .Where(w => w.Open && w.Kind == nameof(WaitKind.Event) && w.Name == name && w.UnitId != from && (w.Key == null || key == null || w.Key == key))
            .Select(w => w.UnitId).Distinct().OrderBy(u => u).ToListAsync(ct);
        foreach (string unit in units)
        {
            await using DbContext other = open();
            await runner.RunAsync(other, new UnitCommand
            {
                RequestId = $"{message.Id}/{unit}",
                Caller = "outbox",
                BodyDigest = "",
                Actor = "system",
                Now = now,
                Unit = UnitAddress.Existing(unit),
                Steps = [new RaiseEventStep(name, key, payload["payload"], Buffered: false, BeginsWorkflows: false)],
            }, ct);
        }
    }
}
