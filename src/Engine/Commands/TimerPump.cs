using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>Fires the timers that are due. Any number of hosts may run it at once.</summary>
public sealed class TimerPump(UnitRunner runner)
{
    /// <summary>Fires what is due at this business time; gives how many timers fired.</summary>
    public Task<int> RunOnceAsync(Func<DbContext> open, DateTimeOffset now, CancellationToken ct) => throw new NotImplementedException($"{runner}");
}
