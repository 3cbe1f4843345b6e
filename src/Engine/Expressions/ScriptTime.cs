using System.Diagnostics;

namespace Assize.Engine.Expressions;

/// <summary>Wall-clock time that the scripts of one step may take together, since many short ones hold a case's lock as long as a long one.</summary>
/// <remarks>No script and no state sees it: like every limit on time it breaks the step off, and the replay runs no script that met it.</remarks>
public sealed class ScriptTime(TimeSpan allowed)
{
    // A replay runs only what did not meet a limit on time when it first ran. The limits on statements and calls, which no machine changes, end it.
    private static readonly TimeSpan Unlimited = TimeSpan.FromHours(12);
    private const int Patience = 10;

    private TimeSpan _left = allowed;
    private TimeSpan _ofOne = ScriptLimits.Time;

    /// <summary>For what was taken before and is taken again: a busy machine must not make another history of it.</summary>
    public static ScriptTime OfReplay() => new(Unlimited) { _ofOne = Unlimited };

    /// <summary>For what was taken before and is tried on another drawing: a busy machine should not decide, and whoever drew it badly must not keep it busy.</summary>
    public static ScriptTime OfRehearsal() => new(Patience * ScriptLimits.Step) { _ofOne = Patience * ScriptLimits.Time };

    /// <summary>Runs one script within what is left, and at most within what one script may take.</summary>
    /// <exception cref="ScriptLimitExceeded">Nothing is left.</exception>
    internal T Spend<T>(Func<TimeSpan, T> run)
    {
        if (_left <= TimeSpan.Zero)
        {
            throw new ScriptLimitExceeded("time");
        }
        long began = Stopwatch.GetTimestamp();
        try
        {
            return run(_left < _ofOne ? _left : _ofOne);
        }
        finally
        {
            _left -= Stopwatch.GetElapsedTime(began);
        }
    }
}
