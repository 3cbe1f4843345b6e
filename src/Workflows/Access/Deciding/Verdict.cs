namespace Assize.Workflows.Access.Deciding;

public enum Gate { Known, Active, Party, Exclusion, Grant, Scope, Seal, Classification, Authorisation, Assurance, NoGrant }

public enum Outcome { Allow, Deny, NotFound, StepUp }

/// <summary>What somebody without access may do about it.</summary>
public enum Hint { None, Challenge, Request }

/// <summary>The answer of the gates, with the reasons.</summary>
/// <param name="Code">The real code; what a sealed case's caller is told is <see cref="Outcome"/>.</param>
/// <param name="Gate">The gate that ended it; <see cref="Gate.NoGrant"/> where every grant was dropped on the way, null where it is a yes.</param>
/// <param name="Sufficient">All grants that would do, each on its own.</param>
/// <param name="Dropped">The others, each with the gate that dropped it.</param>
public sealed record Verdict(
    Outcome Outcome, string Code, Gate? Gate, IReadOnlyList<GrantFacts> Sufficient, IReadOnlyList<DroppedGrant> Dropped, Hint Hint, string PolicyVersion)
{
    public bool Allowed => Outcome == Outcome.Allow;

    /// <summary>With <see cref="Hint.Challenge"/>: the home grant that stops short by area or court only.</summary>
    public GrantFacts? Elsewhere { get; init; }
}

/// <param name="Why">Why the gate dropped it, as the end of a sentence.</param>
public sealed record DroppedGrant(GrantFacts Grant, Gate Gate, string Why);
