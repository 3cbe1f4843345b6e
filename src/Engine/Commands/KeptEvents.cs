using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>Events kept for waits that come later: each instance takes an event at most once, the oldest first.</summary>
internal sealed class KeptEvents(UnitSession session)
{
    // No event of a definition has such a name, since it holds the id of one wait.
    private const string Held = "held:";

    private List<EventRow>? _loaded;
    private readonly List<EventRow> _made = [];

    public static bool Matches(Wait wait, string name, string? key) =>
        wait.Kind == WaitKind.Event && wait.Name == name && (wait.Key is null || key is null || wait.Key == key);

    /// <summary>Whether it is still the same wait for the same events: a migration may make it one for others.</summary>
    public static bool WantsTheSame(Wait before, Wait after) => (before.Id, before.Name, before.Key, before.TakesBuffered) == (after.Id, after.Name, after.Key, after.TakesBuffered);

    /// <summary>Keeps an event for waits that come later.</summary>
    public EventRow Keep(string name, string? key, JsonNode? payload)
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
        _made.Add(row);
        session.Write(row);
        return row;
    }

    /// <summary>Keeps an event for a wait that stands open while an incident halts its instance: it came in time, so the retry takes it.</summary>
    /// <param name="kept">The row of an event that is kept anyway, which is enough for a wait that takes such.</param>
    public void Hold(Wait wait, JsonNode? payload, EventRow? kept)
    {
        if (kept is null || !wait.TakesBuffered)
        {
            Keep(Held + wait.Id, null, payload);
        }
    }

    /// <summary>An event was on its way to a wait that was answered or halted first: it must not count as taken.</summary>
    public async Task MissedAsync(string instanceId, Resume missed, EventRow? kept, CancellationToken ct)
    {
        session.Instances.TryGetValue(instanceId, out InstanceState? state);
        if (kept is not null)
        {
            JsonObject taken = JsonNode.Parse(kept.Taken)!.AsObject();
            taken.Remove(instanceId);
            kept.Taken = taken.ToJsonString();
            session.Write(kept);
        }
        if (state?.SubStatus == InstanceSubStatus.Faulted && state.Waits.FirstOrDefault(w => w.Id == missed.WaitId) is { } wait)
        {
            Hold(wait, missed.Payload, kept);
        }
        else if (kept is not null && state is not null)
        {
            await OfferAsync(state, state.Waits, ct);
        }
    }

    /// <summary>Gives a wait of an instance that goes on after an incident what came meanwhile, the oldest first.</summary>
    public async Task CatchUpAsync(InstanceState after, Wait wait, CancellationToken ct)
    {
        _loaded ??= await LoadAsync(ct);
        if (_loaded.Concat(_made).FirstOrDefault(e => e.Name == Held + wait.Id && !Took(e, after.Id)) is { } held)
        {
            Give(held, after.Id, wait);
            return;
        }
        await OfferAsync(after, [wait], ct);
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
                Give(oldest, after.Id, wait);
            }
        }
    }

    /// <summary>Forgets that a request took or kept anything.</summary>
    /// <param name="kept">The unit's events, the oldest first.</param>
    public void Undo(string requestId, IReadOnlyList<EventRow> kept)
    {
        _loaded = [.. kept];
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

    private void Give(EventRow row, string instanceId, Wait wait)
    {
        Take(row, instanceId);
        session.Write(row);
        session.Burst.Enqueue(instanceId, new Resume(wait.Id, WaitKind.Event, null, row.Payload is null ? null : JsonNode.Parse(row.Payload)), row);
    }

    public void Take(EventRow row, string instanceId)
    {
        JsonObject taken = JsonNode.Parse(row.Taken)!.AsObject();
        taken[instanceId] = session.Command.Key;
        row.Taken = taken.ToJsonString();
    }
}
