using System.Text.Json.Nodes;
using Assize.Engine.Instances;

namespace Assize.Engine.Commands;

/// <summary>Starts an instance of a definition in the unit.</summary>
/// <param name="TriggerActivityId">The trigger that woke it: the flow begins there.</param>
/// <param name="Variant">What the owner chooses a version by, beside the definition.</param>
public sealed record StartStep(
    string DefinitionId, JsonObject Input, int? Version = null, string? CorrelationId = null, string? TriggerActivityId = null,
    string? Variant = null, string? InstanceId = null) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => session.Burst.StartAsync(
        new StartChild(InstanceId ?? session.NewId(), DefinitionId, Version, Input, CorrelationId, WaitId: null, Variant), parentId: null, TriggerActivityId, ct);
}
