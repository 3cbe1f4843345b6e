namespace Assize.Engine.Commands;

/// <summary>What a command asks of its unit; each kind has a file of its own.</summary>
public abstract record UnitStep
{
    /// <summary>Rows that the step needs beside the running instances, read in the same round trip.</summary>
    internal virtual void Load(UnitLoad load)
    {
    }

    /// <summary>Turns the step into stimuli; a rejection refuses the whole command.</summary>
    internal abstract Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct);
}
