using System.Text.Json.Nodes;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Commands;

/// <summary>Delivers outbox rows after commit, at least once. Any number of hosts may run it at once.</summary>
/// <param name="deliver">Takes a message of the owner's kinds; a throw means: try again later.</param>
public sealed class OutboxDispatcher(UnitRunner runner, Func<OutboxMessage, CancellationToken, Task> deliver)
{
    /// <summary>Tries before a message is given up and shown.</summary>
    public const int MaxAttempts = 12;

    private const int Batch = 50;

    /// <summary>Delivers a batch; gives how many messages are done with.</summary>
    /// <param name="now">Business time, for the instances that an event wakes.</param>
    public async Task<int> RunOnceAsync(Func<DbContext> open, DateTimeOffset now, CancellationToken ct)
    {
        List<OutboxRow> claimed = await ClaimAsync(open, ct);
        int delivered = 0;
        foreach (OutboxRow row in claimed)
        {
            try
            {
                row.LastError = await DeliverAsync(open, row, now, ct);
                row.State = row.LastError is null ? OutboxState.Delivered : OutboxState.Failed;
                row.DeliveredAt = row.LastError is null ? Microseconds.Of(runner.Clock.GetUtcNow()) : null;
                delivered++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                row.State = row.Attempts >= MaxAttempts ? OutboxState.Failed : OutboxState.Waiting;
                row.LastError = e.Message;
            }
        }
        await SettleAsync(open, claimed, ct);
        return delivered;
    }

    // The claim moves the next try on, so that no lock is held while a message is under way.
    private async Task<List<OutboxRow>> ClaimAsync(Func<DbContext> open, CancellationToken ct)
    {
        await using DbContext db = open();
        using SqliteTurn turn = await SqliteTurn.TakeAsync(db, ct);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        DateTimeOffset real = Microseconds.Of(runner.Clock.GetUtcNow());
        RowMap map = RowMap.For(db, typeof(OutboxRow));
        RoundTrip trip = new(db);
        trip.Add(
            $"SELECT {map.Select("t")} FROM {map.Table} t WHERE t.state = 'waiting' AND t.next_at <= @real ORDER BY t.next_at, t.id LIMIT {Batch}{trip.Dialect.SkipLocked("t")}",
            ("@real", real));
        List<OutboxRow> rows = [];
        await trip.RunAsync((_, reader) => rows.Add((OutboxRow)map.Read(reader, 0)!), ct);
        WriteSet writes = new(db);
        foreach (OutboxRow row in rows)
        {
            row.Attempts++;
            row.NextAt = real.AddSeconds(Math.Min(3600, 5 * Math.Pow(2, row.Attempts)));
            writes.Upsert(row);
        }
        await writes.FlushAsync(ct, commits: true);
        return rows;
    }

    private static async Task SettleAsync(Func<DbContext> open, List<OutboxRow> rows, CancellationToken ct)
    {
        await using DbContext db = open();
        using SqliteTurn turn = await SqliteTurn.TakeAsync(db, ct);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        WriteSet writes = new(db);
        rows.ForEach(writes.Upsert);
        await writes.FlushAsync(ct, commits: true);
    }

    /// <returns>Why the message can never be delivered, or null.</returns>
    private async Task<string?> DeliverAsync(Func<DbContext> open, OutboxRow row, DateTimeOffset now, CancellationToken ct)
    {
        switch (row.Kind)
        {
            case EventDelivery.Kind:
                await EventDelivery.DeliverAsync(runner, open, row, now, ct);
                return null;
            case TriggeredStarts.Kind:
                await using (DbContext db = open())
                {
                    return await TriggeredStarts.StartAsync(runner, db, row, now, ct);
                }
            default:
                await deliver(new OutboxMessage(row.Id, row.UnitId, row.Kind, JsonNode.Parse(row.Payload)!.AsObject()), ct);
                return null;
        }
    }
}

/// <summary>A message on its way out; the id is its idempotency key.</summary>
public sealed record OutboxMessage(string Id, string UnitId, string Kind, JsonObject Payload);
