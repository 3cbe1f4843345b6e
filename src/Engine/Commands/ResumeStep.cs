using System.Text.Json.Nodes;
using Assize.Engine.Instances;

namespace Assize.Engine.Commands;

/// <summary>Completes a task, or answers another wait from outside.</summary>
public sealed record ResumeStep(string WaitId, string? Outcome, JsonNode? Payload) : UnitStep
{
    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        if (session.HolderOf(WaitId) is not { } instance)
        {
            return new Rejection("wait-not-found", $"Expected the unit to wait for {WaitId}, but it does not: it was answered or withdrawn before");
        }
        Wait wait = instance.Waits.First(w => w.Id == WaitId);
        return await session.Burst.TakeNowAsync(instance.Id, new Resume(WaitId, wait.Kind, Outcome, Payload), ct);
    }
}
