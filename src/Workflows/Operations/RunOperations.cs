using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Operations;

/// <summary>
/// Takes long work in turns and brings it on, batch by batch. A runner that dies leaves its turn behind, and another goes on at the last committed batch.
/// </summary>
public sealed class RunOperations(CaseDatabase database, IEnumerable<OperationKind> kinds, TimeProvider clock)
{
    private const int Tries = 6;
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, OperationKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>One turn: the operation that has waited longest is brought on until it ends or the time is over.</summary>
    /// <returns>False where nothing was to be done.</returns>
    public async Task<bool> RunTurnAsync(TimeSpan atMost, CancellationToken ct) => await TakeAsync(null, ct) is { } taken && await BringOnAsync(taken, atMost, ct);

    /// <summary>The same for one operation, where it is free.</summary>
    public async Task<bool> RunTurnAsync(string id, TimeSpan atMost, CancellationToken ct) => await TakeAsync(id, ct) is { } taken && await BringOnAsync(taken, atMost, ct);

    private async Task<(string Id, int Turn)?> TakeAsync(string? id, CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        DateTimeOffset now = clock.GetUtcNow();
        string[] known = [.. _kinds.Keys];
        var free = await db.Operations
            .Where(x => OperationState.Runnable.Contains(x.State) && x.FreeAt <= now && known.Contains(x.Kind) && (id == null || x.Id == id))
            .OrderBy(x => x.FreeAt).Select(x => new { x.Id, x.Turn }).Take(8).ToListAsync(ct);
        foreach (var next in free)
        {
            int taken = await db.Operations.Where(x => x.Id == next.Id && x.Turn == next.Turn && x.FreeAt <= now && OperationState.Runnable.Contains(x.State))
                .ExecuteUpdateAsync(x => x.SetProperty(o => o.Turn, next.Turn + 1).SetProperty(o => o.FreeAt, now + s_lease).SetProperty(o => o.State, OperationState.Running), ct);
            if (taken == 1)
            {
                return (next.Id, next.Turn + 1);
            }
        }
        return null;
    }

    private async Task<bool> BringOnAsync((string Id, int Turn) taken, TimeSpan atMost, CancellationToken ct)
    {
        DateTimeOffset until = clock.GetUtcNow() + atMost;
        bool goesOn;
        do
        {
            try
            {
                goesOn = await BatchAsync(taken, ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                return true;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                await FailAsync(taken, failure);
                return true;
            }
        }
        while (goesOn && clock.GetUtcNow() < until && !ct.IsCancellationRequested);
        if (goesOn)
        {
            await ReleaseAsync(taken);
        }
        return true;
    }

    private async Task<bool> BatchAsync((string Id, int Turn) taken, CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        if (await db.Operations.SingleOrDefaultAsync(x => x.Id == taken.Id && x.Turn == taken.Turn, ct) is not { } operation)
        {
            return false;
        }
        OperationKind kind = _kinds[operation.Kind];
        if (operation.Wish is null)
        {
            OperationProgress progress = await kind.Advance(db, operation, ct);
            (operation.Cursor, operation.Done, operation.Total, operation.Outcome) = (progress.Cursor, progress.Done, progress.Total, progress.Outcome);
            (operation.Failures, operation.Failure) = (0, null);
            if (progress.Outcome is not null)
            {
                End(operation, OperationState.Completed);
            }
        }
        else if (operation.Wish == OperationWish.Cancel)
        {
            await kind.Cancel(db, operation, ct);
            End(operation, OperationState.Cancelled);
        }
        else
        {
            (operation.State, operation.Wish) = (OperationState.Paused, null);
        }
        operation.FreeAt = operation.State == OperationState.Running ? clock.GetUtcNow() + s_lease : clock.GetUtcNow();
        await CommitAsync(db, ct);
        return operation.State == OperationState.Running;
    }

    private void End(TrackedOperation operation, string state) => (operation.State, operation.EndedAt, operation.Wish) = (state, clock.GetUtcNow(), null);

    private static async Task CommitAsync(CaseDb db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        if (db.Database.CurrentTransaction is { } own)
        {
            await own.CommitAsync(ct);
            await own.DisposeAsync();
        }
    }

    // A batch that fails is tried again, later and later; then somebody has to look.
    private async Task FailAsync((string Id, int Turn) taken, Exception failure)
    {
        await using CaseDb db = database.CreateDbContext();
        if (await db.Operations.SingleOrDefaultAsync(x => x.Id == taken.Id && x.Turn == taken.Turn) is not { } operation)
        {
            return;
        }
        operation.Failures++;
        operation.Failure = failure is OperationFailed told ? told.Message : $"A batch failed ({failure.GetType().Name}). What was done before stands.";
        operation.FreeAt = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(2, operation.Failures));
        if (failure is OperationFailed || operation.Failures >= Tries)
        {
            End(operation, OperationState.Failed);
        }
        await db.SaveChangesAsync();
    }

    private async Task ReleaseAsync((string Id, int Turn) taken)
    {
        await using CaseDb db = database.CreateDbContext();
        DateTimeOffset now = clock.GetUtcNow();
        await db.Operations.Where(x => x.Id == taken.Id && x.Turn == taken.Turn).ExecuteUpdateAsync(x => x.SetProperty(o => o.FreeAt, now));
    }
}
