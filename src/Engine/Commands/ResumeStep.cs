using System.Text.Json.Nodes;
using Assize.Engine.Instances;

namespace Assize.Engine.Commands;

/// <summary>Completes a task, or answers another wait from outside.</summary>
public sealed record ResumeStep(string WaitId, string? Outcome, JsonNode? Payload) : UnitStep
{
    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        foreach (InstanceState instance in session.Instances.Values)
        {
            if (instance.Waits.FirstOrDefault(w => w.Id == WaitId) is { } wait)
            {
                return await session.Burst.TakeNowAsync(instance.Id, new Resume(WaitId, wait.Kind, Outcome, Payload), ct);
            }
        }
        return new Rejection("wait-not-found", $"Expected the unit to wait for {WaitId}, but it does not: it was answered or withdrawn before");
    }
}
