using Assize.Engine.Instances;

namespace Assize.Engine.Commands;

/// <summary>Cancels an instance with its children, or (null) every instance of the unit.</summary>
public sealed record CancelStep(string? InstanceId = null) : UnitStep
{
    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        List<string> wanted = InstanceId is not null
            ? [InstanceId]
            : [.. session.Instances.Values.Where(i => i.ParentId is null && i.Status == InstanceStatus.Running).Select(i => i.Id).Order(StringComparer.Ordinal)];
        if (wanted.Count == 0)
        {
            return new Rejection("instance-finished", "Expected the unit to have a running instance, but it has none");
        }
        foreach (string id in wanted)
        {
            if (await session.Burst.TakeNowAsync(id, new Cancel(), ct) is { } rejection)
            {
                return rejection;
            }
        }
        return null;
    }
}
