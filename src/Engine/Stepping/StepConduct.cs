using System.Collections.Immutable;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping;

/// <summary>How a step may go, whatever its data are: the choices from which the proof of soundness explores.</summary>
/// <remarks>It may take one of <see cref="AtOnce"/> when it is entered, or open one of <see cref="Waits"/> and leave by one of its ends.</remarks>
public sealed record StepConduct
{
    /// <summary>Ends that it may come to without a wait.</summary>
    public ImmutableArray<StepEnd> AtOnce { get; init; } = [];

    /// <summary>What it may wait for, one of them at a time.</summary>
    public ImmutableArray<StepWait> Waits { get; init; } = [];

    /// <summary>The event that it raises, to be kept for whoever waits for it in the same case; null where it raises none.</summary>
    public string? Raises { get; init; }

    /// <summary>Never waits, and leaves by one of these outcomes; by "Done" where none is given.</summary>
    public static StepConduct Passes(params IEnumerable<string> outcomes) => new() { AtOnce = Ends(outcomes) };

    /// <summary>Always waits, and leaves by one of these outcomes; by "Done" where none is given.</summary>
    public static StepConduct WaitsFor(WaitKind kind, params IEnumerable<string> outcomes) => new() { Waits = [new StepWait(kind, Ends(outcomes))] };

    /// <summary>May go either way.</summary>
    public static StepConduct Either(StepConduct one, StepConduct other) =>
        new() { AtOnce = [.. one.AtOnce, .. other.AtOnce], Waits = [.. one.Waits, .. other.Waits] };

    private static ImmutableArray<StepEnd> Ends(IEnumerable<string> outcomes) =>
        [.. outcomes.DefaultIfEmpty(Definitions.Connection.DefaultPort).Select(o => new StepEnd([o]))];
}

/// <summary>The outcomes by which a step leaves.</summary>
/// <param name="RunsOn">True where the flow goes on while the step itself still waits for what it left behind.</param>
/// <param name="After">The event that has to have come; null where none has. One that the workflow raises itself comes from there and nowhere else.</param>
public sealed record StepEnd(ImmutableArray<string> Outcomes, bool RunsOn = false, string? After = null);

/// <summary>One thing that a step may wait for.</summary>
/// <param name="Ends">How it may leave then; empty where nothing ever answers.</param>
/// <param name="Workflow">Child only: the workflow that must end first; null where it is computed.</param>
public sealed record StepWait(WaitKind Kind, ImmutableArray<StepEnd> Ends, string? Workflow = null);
