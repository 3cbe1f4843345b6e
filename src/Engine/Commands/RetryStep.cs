namespace Assize.Engine.Commands;

/// <summary>Takes an incident's activity again.</summary>
public sealed record RetryStep(string InstanceId, string IncidentId) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => throw new NotImplementedException();
}
