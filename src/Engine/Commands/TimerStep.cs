namespace Assize.Engine.Commands;

/// <summary>Fires a timer whose instant has come.</summary>
public sealed record TimerStep(string WaitId) : UnitStep
{
    internal override Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct) => throw new NotImplementedException();
}
