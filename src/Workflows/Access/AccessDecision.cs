using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Access;

/// <summary>Yes or no, with a stable code and a reason that a person can act on.</summary>
/// <param name="Code">What the caller may be told; see <see cref="AccessCodes"/>. The real code of a sealed case is in the verdict only.</param>
public sealed record AccessDecision(bool Allowed, string Code, string Reason)
{
    public static AccessDecision Granted { get; } = new(true, AccessCodes.Granted, "Granted.");

    /// <summary>The gates' answer with its trace; null where no gate was asked.</summary>
    public Verdict? Verdict { get; init; }

    public static AccessDecision Denied(string code, string reason) => new(false, code, reason);

    /// <summary>What the caller should see: somebody who may not know of a thing is told that it is not there.</summary>
    public bool LooksAbsent => Code is AccessCodes.NotFound or AccessCodes.NoStanding;
}
