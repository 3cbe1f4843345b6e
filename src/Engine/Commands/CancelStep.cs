namespace Assize.Engine.Commands;

/// <summary>Cancels an instance with its children, or (null) every instance of the unit.</summary>
public sealed record CancelStep(string? InstanceId = null) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => throw new NotImplementedException();
}
