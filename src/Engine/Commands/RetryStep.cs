using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>Takes an incident's activity again, and then what the instance could not take while it stood still.</summary>
/// <param name="InstanceId">Null: whichever instance of the unit has the incident.</param>
public sealed record RetryStep(string? InstanceId, string IncidentId) : UnitStep
{
    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        if ((InstanceId ?? session.Instances.Values.FirstOrDefault(i => i.Incidents.Any(x => x.Id == IncidentId))?.Id) is not { } id)
        {
            return new Rejection("incident-not-found", $"Expected an open incident {IncidentId}, but there is none.");
        }
        if (await session.Burst.TakeNowAsync(id, new Retry(IncidentId), ct) is { } rejection)
        {
            return rejection;
        }
        InstanceState instance = session.Instances[id];
        if (instance.SubStatus == InstanceSubStatus.Faulted)
        {
            return null;
        }
        HashSet<string> fresh = [.. session.Opened.Select(o => o.Wait.Id)];
        foreach (Wait wait in instance.Waits.Where(w => !fresh.Contains(w.Id)))
        {
            await CatchUpAsync(session, instance, wait, ct);
        }
        return null;
    }

    private static async Task CatchUpAsync(UnitSession session, InstanceState instance, Wait wait, CancellationToken ct)
    {
        if (wait.Kind == WaitKind.Reply)
        {
            await session.Burst.RequestAsync(instance, wait.Id, wait.Name, wait.Spec ?? [], ct);
        }
        else if (wait.Kind == WaitKind.Event)
        {
            await session.Burst.Events.CatchUpAsync(instance, wait, ct);
        }
        else if (wait is { Kind: WaitKind.Child, ChildId: { } childId } && !session.Instances.ContainsKey(childId))
        {
            InstanceRow child = await session.Db.Set<InstanceRow>().AsNoTracking().SingleAsync(i => i.Id == childId, ct);
            InstanceState ended = InstanceJson.ReadState(child.State);
            session.Burst.Enqueue(instance.Id, UnitBurst.EndOf(wait.Id, ended.SubStatus, ended.Output));
        }
    }
}
