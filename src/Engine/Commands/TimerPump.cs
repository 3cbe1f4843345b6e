using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Commands;

/// <summary>Fires the timers that are due. Any number of hosts may run it at once.</summary>
public sealed class TimerPump(UnitRunner runner)
{
    /// <summary>Units stepped in one transaction.</summary>
    public const int UnitsAtOnce = 100;

    private const int TimersRead = 500;

    /// <summary>Fires what is due at this business time, up to a hundred units; run it again while something fired.</summary>
    public async Task<TimerRound> RunOnceAsync(Func<DbContext> open, DateTimeOffset now, CancellationToken ct)
    {
        await using DbContext db = open();
        List<UnitCommand> due = await DueAsync(db, Microseconds.Of(now), ct);
        if (due.Count == 0)
        {
            return new TimerRound(0, []);
        }
        (int fired, List<UnitCommand> failed) = await FireTogetherAsync(db, due, ct);
        List<string> broken = [];
        foreach (UnitCommand command in failed)
        {
            await using DbContext alone = open();
            try
            {
                fired += Count(await runner.RunAsync(alone, command, ct));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                broken.Add($"{command.Unit.Value}: {e.Message}");
            }
        }
        return new TimerRound(fired, broken);
    }

    private async Task<List<UnitCommand>> DueAsync(DbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var due = await db.Set<WaitRow>().AsNoTracking()
            .Where(w => w.Open && w.Kind == nameof(WaitKind.Timer) && w.Due <= now)
            .Where(w => db.Set<InstanceRow>().Any(i => i.Id == w.InstanceId && i.SubStatus != nameof(InstanceSubStatus.Faulted)))
            .OrderBy(w => w.Due).Take(TimersRead).Select(w => new { w.Id, w.UnitId }).ToListAsync(ct);
        long round = runner.Clock.GetUtcNow().Ticks;
        return [.. due.GroupBy(w => w.UnitId).OrderBy(u => u.Key, StringComparer.Ordinal).Take(UnitsAtOnce).Select(unit => new UnitCommand
        {
            // A timer that a reinstate opens again fires again, so its id alone would repeat the ids of the first time.
            RequestId = string.Create(CultureInfo.InvariantCulture, $"{unit.First().Id}/{round}"),
            Caller = "timer", BodyDigest = "", Actor = "system", Now = now, Unit = UnitAddress.Existing(unit.Key), Remember = false,
            Steps = [.. unit.Select(w => new TimerStep(w.Id))],
            Record = (session, _) => Task.FromResult<JsonNode?>(session.Taken.Count(t => t.Stimulus.Body is TimerDue)),
        })];
    }

    private async Task<(int Fired, List<UnitCommand> Failed)> FireTogetherAsync(DbContext db, List<UnitCommand> due, CancellationToken ct)
    {
        using SqliteTurn turn = await SqliteTurn.TakeAsync(db, ct);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        HashSet<string> locked = await LockAsync(db, due, ct);
        List<UnitCommand> failed = [];
        int fired = 0;
        foreach (UnitCommand command in due.Where(c => locked.Contains(c.Unit.Value)))
        {
            await transaction.CreateSavepointAsync("unit", ct);
            try
            {
                fired += Count(await runner.TakeAsync(db, command, new KnownLimits(), ct));
                await transaction.ReleaseSavepointAsync("unit", ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await transaction.RollbackToSavepointAsync("unit", ct);
                failed.Add(command);
            }
        }
        await transaction.CommitAsync(ct);
        return (fired, failed);
    }

    private static async Task<HashSet<string>> LockAsync(DbContext db, List<UnitCommand> due, CancellationToken ct)
    {
        HashSet<string> locked = [];
        RoundTrip trip = new(db);
        string names = string.Join(", ", due.Select((_, n) => $"@u{n}"));
        trip.Add($"SELECT t.id FROM engine_unit t WHERE t.id IN ({names}) ORDER BY t.id{trip.Dialect.SkipLocked("t")}", [.. due.Select((c, n) => ($"@u{n}", (object?)c.Unit.Value))]);
        await trip.RunAsync((_, reader) => locked.Add(reader.GetString(0)), ct);
        return locked;
    }

    private static int Count(CommandAnswer answer) => answer is Completed { Body: { } count } ? (int)count : 0;
}

/// <summary>What one round came to: how many timers fired, and the units whose step threw even alone.</summary>
public sealed record TimerRound(int Fired, IReadOnlyList<string> Broken);
