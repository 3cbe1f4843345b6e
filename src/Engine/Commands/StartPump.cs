using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Commands;

/// <summary>Begins the workflows whose timer, cron or date has come. Any number of hosts may run it at once.</summary>
/// <remarks>It only leaves a message and the next instant, in one transaction; the outbox starts the instance, so that nothing is lost or begun twice.</remarks>
public sealed class StartPump(TimeProvider clock)
{
    private const int Batch = 100;

    /// <summary>Gives how many workflows are on their way; run it again while there are some.</summary>
    /// <param name="now">Business time.</param>
    public async Task<int> RunOnceAsync(Func<DbContext> open, DateTimeOffset now, CancellationToken ct)
    {
        await using DbContext db = open();
        DateTimeOffset business = Microseconds.Of(now);
        if (!await db.Set<TriggerRow>().AnyAsync(t => t.Due <= business, ct))
        {
            return 0;
        }
        using SqliteTurn turn = await SqliteTurn.TakeAsync(db, ct);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        List<TriggerRow> due = await LockAsync(db, business, ct);
        WriteSet writes = new(db);
        foreach (TriggerRow trigger in due)
        {
            // Where the clock went back, the message may stand: it goes out once more, and the same request gets the same answer.
            writes.Upsert(TriggeredStarts.Due(trigger, trigger.Due!.Value, Microseconds.Of(clock.GetUtcNow())));
            trigger.Due = PublishedTriggers.Trigger(trigger).NextDue(trigger.Due.Value, business) is { } next ? Microseconds.Of(next) : null;
            writes.Upsert(trigger);
        }
        await writes.FlushAsync(ct, commits: true);
        return due.Count;
    }

    private static async Task<List<TriggerRow>> LockAsync(DbContext db, DateTimeOffset now, CancellationToken ct)
    {
        RowMap map = RowMap.For(db, typeof(TriggerRow));
        RoundTrip trip = new(db);
        trip.Add(
            $"SELECT {map.Select("t")} FROM {map.Table} t JOIN engine_definition d ON d.id = t.definition_id AND d.version = t.version " +
            $"WHERE t.due <= @now AND d.retracted_at IS NULL ORDER BY t.due, t.definition_id, t.activity_id LIMIT {Batch}{trip.Dialect.SkipLocked("t")}",
            ("@now", now));
        List<TriggerRow> rows = [];
        await trip.RunAsync((_, reader) => rows.Add((TriggerRow)map.Read(reader, 0)!), ct);
        return rows;
    }
}
