namespace Assize.Workflows.Access;

/// <summary>Codes of decisions, stable for callers and the audit.</summary>
public static class AccessCodes
{
    public const string Granted = "granted";

    /// <summary>Nothing but self-claimed access allowed it; both agencies' privacy officers look at it afterwards.</summary>
    public const string GrantedChallenged = "granted-challenged";
    public const string NotFound = "not-found";
    public const string UnknownCaller = "caller-unknown";
    public const string SessionRevoked = "session-revoked";
    public const string CallerInactive = "caller-inactive";
    public const string AgencyInactive = "agency-inactive";

    /// <summary>The caller is a party to the case.</summary>
    public const string PartyConflict = "party-conflict";

    /// <summary>A conflict of interest is recorded.</summary>
    public const string Excluded = "excluded";

    /// <summary>The caller's agency takes no part in the case, or the submission or message is another agency's.</summary>
    public const string NoStanding = "no-standing";
    public const string RoleMissing = "role-missing";

    /// <summary>There are grants, but none reaches this far.</summary>
    public const string NoGrant = "no-grant";

    /// <summary>Access is there; a stronger or fresher sign-in is not.</summary>
    public const string StepUp = "step-up";
    public const string WrongLane = "wrong-lane";

    /// <summary>Two persons must differ, and the caller did the other step.</summary>
    public const string SamePerson = "same-person";
    public const string HeldByOther = "held-by-other";
    public const string UnknownAction = "action-unknown";
}
