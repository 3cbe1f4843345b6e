using Assize.Engine.Instances;

namespace Assize.Engine.Commands;

/// <summary>Fires a timer whose instant has come; one that is gone, early or halted by an incident is left alone.</summary>
public sealed record TimerStep(string WaitId) : UnitStep
{
    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        InstanceState? holder = session.HolderOf(WaitId);
        Wait? wait = holder?.Waits.Single(w => w.Id == WaitId);
        if (holder is null || wait?.Due > session.Now || holder.SubStatus == InstanceSubStatus.Faulted)
        {
            return null;
        }
        return await session.Burst.TakeNowAsync(holder.Id, new TimerDue(WaitId), ct);
    }
}
