namespace Assize.Workflows.Access;

/// <summary>Yes or no, with a stable code and a reason that a person can act on.</summary>
/// <param name="Code">"granted", or the first rule that failed; see <see cref="AccessCodes"/>.</param>
public sealed record AccessDecision(bool Allowed, string Code, string Reason)
{
    public static AccessDecision Granted { get; } = new(true, AccessCodes.Granted, "Granted.");

    public static AccessDecision Denied(string code, string reason) => new(false, code, reason);

    /// <summary>What the caller should see: somebody who may not know of a thing is told that it is not there.</summary>
    public bool LooksAbsent => Code is AccessCodes.NotFound or AccessCodes.NoStanding;
}

public static class AccessCodes
{
    public const string Granted = "granted";
    public const string NotFound = "not-found";
    public const string UnknownCaller = "caller-unknown";
    public const string CallerInactive = "caller-inactive";
    public const string AgencyInactive = "agency-inactive";

    /// <summary>The caller's agency takes no part in the case, or the submission or message is another agency's.</summary>
    public const string NoStanding = "no-standing";
    public const string RoleMissing = "role-missing";
    public const string WrongLane = "wrong-lane";

    /// <summary>Two persons must differ, and the caller did the other step.</summary>
    public const string SamePerson = "same-person";
    public const string HeldByOther = "held-by-other";
    public const string UnknownAction = "action-unknown";
}
