using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>Starts an instance of a definition in the unit.</summary>
public sealed record StartStep(string DefinitionId, JsonObject Input, int? Version = null, string? CorrelationId = null, string? TriggerActivityId = null, string? Variant = null, string? InstanceId = null) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => throw new NotImplementedException();
}
