namespace Assize.Engine.Commands;

/// <summary>Takes back the request that closed this wait.</summary>
public sealed record ReinstateStep(string WaitId) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => throw new NotImplementedException();
}
