using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>Events kept for waits that come later: each instance takes an event at most once, the oldest first.</summary>
internal sealed class KeptEvents(UnitSession session)
{
    private List<EventRow>? _loaded;
    private readonly List<EventRow> _made = [];

    public static bool Matches(Wait wait, string name, string? key) =>
        wait.Kind == WaitKind.Event && wait.Name == name && (wait.Key is null || key is null || wait.Key == key);

    public void Keep(string name, string? key, JsonNode? payload, IReadOnlyList<string> takers)
    {
        EventRow row = new()
        {
            Id = session.NewId(),
            UnitId = session.UnitId,
            RequestId = session.Command.Key,
            Name = name,
            Key = key,
            Payload = payload?.ToJsonString(),
            Taken = "{}",
            At = session.Now,
        };
        foreach (string taker in takers)
        {
            Take(row, taker);
        }
        _made.Add(row);
        session.Write(row);
    }

    /// <summary>Gives kept events to waits that want them. Reads them only when there is such a wait.</summary>
    public async Task OfferAsync(InstanceState after, IEnumerable<Wait> waits, CancellationToken ct)
    {
        foreach (Wait wait in waits.Where(w => w.TakesBuffered && after.SubStatus != InstanceSubStatus.Faulted).ToList())
        {
            _loaded ??= await LoadAsync(ct);
            EventRow? oldest = _loaded.Concat(_made).FirstOrDefault(e => Matches(wait, e.Name, e.Key) && !Took(e, after.Id));
            if (oldest is not null)
            {
                Take(oldest, after.Id);
                session.Write(oldest);
                session.Burst.Enqueue(after.Id, new Resume(wait.Id, WaitKind.Event, null, oldest.Payload is null ? null : JsonNode.Parse(oldest.Payload)));
            }
        }
    }

    /// <summary>Forgets that a request took or kept anything.</summary>
    public async Task UndoAsync(string requestId, CancellationToken ct)
    {
        _loaded ??= await LoadAsync(ct);
        foreach (EventRow row in _loaded)
        {
            JsonObject taken = JsonNode.Parse(row.Taken)!.AsObject();
            // A withdrawn event stays for the record, under a name that nobody waits for.
            if (row.RequestId == requestId)
            {
                row.Name = "withdrawn:" + row.Name;
                session.Write(row);
            }
            else if (taken.Where(t => (string?)t.Value == requestId).Select(t => t.Key).ToList() is { Count: > 0 } takers)
            {
                takers.ForEach(t => taken.Remove(t));
                row.Taken = taken.ToJsonString();
                session.Write(row);
            }
        }
    }

    private async Task<List<EventRow>> LoadAsync(CancellationToken ct)
    {
        List<EventRow> rows = [];
        RowMap map = RowMap.For(session.Db, typeof(EventRow));
        RoundTrip trip = new(session.Db);
        trip.Add($"SELECT {map.Select("t")} FROM {map.Table} t WHERE unit_id = @unit ORDER BY at, id", ("@unit", session.UnitId));
        await trip.RunAsync((_, reader) => rows.Add((EventRow)map.Read(reader, 0)!), ct);
        return rows;
    }

    private static bool Took(EventRow row, string instanceId) => JsonNode.Parse(row.Taken)!.AsObject().ContainsKey(instanceId);

    private void Take(EventRow row, string instanceId)
    {
        JsonObject taken = JsonNode.Parse(row.Taken)!.AsObject();
        taken[instanceId] = session.Command.Key;
        row.Taken = taken.ToJsonString();
    }
}
