using Assize.Host.Operations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Operations;

/// <summary>Business time: real time, and in a demonstration the offset that all hosts share.</summary>
/// <remarks>Another host's change arrives within a second; one's own at once. Tokens, sessions and audit use real time.</remarks>
public sealed class BusinessClock(IServiceScopeFactory scopes, TimeProvider real) : TimeProvider
{
    private long _offsetMicroseconds;

    public TimeSpan Offset => TimeSpan.FromMicroseconds(Interlocked.Read(ref _offsetMicroseconds));

    public override DateTimeOffset GetUtcNow()
    {
        var now = real.GetUtcNow() + Offset;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var row = await db.ClockOffsets.AsNoTracking().SingleOrDefaultAsync(c => c.Id == ClockOffset.OnlyId, ct);
        Interlocked.Exchange(ref _offsetMicroseconds, row?.Microseconds ?? 0);
    }

    public async Task ShiftToAsync(TimeSpan offset, CancellationToken ct)
    {
        var microseconds = offset.Ticks / TimeSpan.TicksPerMicrosecond;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        var row = await db.ClockOffsets.SingleOrDefaultAsync(c => c.Id == ClockOffset.OnlyId, ct);
        if (row is null)
        {
            db.ClockOffsets.Add(row = new ClockOffset());
        }

        row.Microseconds = microseconds;
        await db.SaveChangesAsync(ct);
        Interlocked.Exchange(ref _offsetMicroseconds, microseconds);
    }
}

/// <summary>Keeps <see cref="BusinessClock"/> in step with the row that another host may have changed.</summary>
public sealed class BusinessClockReader(BusinessClock clock, ILogger<BusinessClockReader> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await clock.RefreshAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // A database that is away for a moment must not stop the host; the last offset stands until it is back.
                Log.ClockNotRead(log, failure);
            }
        }
    }
}
