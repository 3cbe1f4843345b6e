using Assize.Workflows.Access.Deciding;
using static Assize.Workflows.Access.AccessDecision;

namespace Assize.Workflows.Access;

/// <summary>From what is asked about to the gates, and what lies beyond them: whose lane a task is in, and that two persons differ. Pure.</summary>
internal static class AccessRules
{
    public static AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts)
    {
        IReadOnlySet<string> roles = ActionTable.RolesFor(action);
        if (roles.Count == 0)
        {
            return Denied(AccessCodes.UnknownAction, $"Expected a known action, but “{action}” is none.");
        }
        if (facts.Person is { } person && person.Agency != caller.Agency)
        {
            return Denied(AccessCodes.UnknownCaller, "Your account has moved to another agency. Sign out and in again.");
        }
        Verdict verdict = Gates.Run(Question(caller, roles, target, facts));
        AccessDecision decision = Told(verdict, target, roles);
        // Somebody else's submission or message looks absent, whatever the roles are.
        if (facts.Person is not null && verdict.Gate is null or Gate.NoGrant && IsOwned(target) && facts.OwnedBy != caller.Agency)
        {
            return (facts.OwnedBy is null ? NotFound(target) : Denied(AccessCodes.NoStanding, "It belongs to another agency.")) with { Verdict = verdict };
        }
        return decision.Allowed && target.Kind == AccessTargetKind.Task
            ? TaskLane.Check(caller, action, facts, verdict) ?? decision
            : decision;
    }

    private static AccessQuestion Question(Caller caller, IReadOnlySet<string> roles, AccessTarget target, AccessFacts facts)
    {
        bool isUnknown = target.Kind == AccessTargetKind.Task ? facts.Task is null : IsOwned(target) && facts.OwnedBy is null;
        About about = target.Kind switch
        {
            AccessTargetKind.None => About.Nothing,
            AccessTargetKind.SomeCase => About.SomeCase,
            AccessTargetKind.Case => About.Case,
            _ => facts.CaseId is not null || isUnknown ? About.Case : About.OwnAgency,
        };
        // A message to an agency is the owner's word that it may have it, whether or not it takes part in the case.
        CaseFacts? file = target.Kind == AccessTargetKind.Message && facts.OwnedBy is { } addressed && facts.Case is { } sent
            ? sent with { Participants = new HashSet<string>(sent.Participants, StringComparer.Ordinal) { addressed } }
            : facts.Case;
        return new AccessQuestion(
            roles, facts.Person, caller.Assurance, about, isUnknown ? null : file, facts.Grants, facts.Exclusions, facts.At, AccessPolicy.At(facts.At));
    }

    private static AccessDecision Told(Verdict verdict, AccessTarget target, IReadOnlySet<string> roles) => (verdict.Outcome switch
    {
        Outcome.Allow => Granted with { Code = verdict.Code },
        Outcome.NotFound => NotFound(target),
        _ => Denied(verdict.Code, Reason(verdict.Code, roles)),
    }) with
    { Verdict = verdict };

    private static string Reason(string code, IReadOnlySet<string> roles) => code switch
    {
        AccessCodes.UnknownCaller => "Your account is not in the directory. Ask your agency's administrator.",
        AccessCodes.SessionRevoked => "Your session was ended. Sign in again.",
        AccessCodes.CallerInactive => "Your account is not active. Ask your agency's administrator.",
        AccessCodes.AgencyInactive => "Your agency's access is suspended.",
        AccessCodes.PartyConflict => "You are a party to this case, so no role opens it to you.",
        AccessCodes.Excluded => "A conflict of interest is recorded between you and this case.",
        AccessCodes.NoStanding => "Your agency takes no part in this case.",
        AccessCodes.StepUp => "This needs a stronger or fresher sign-in. Sign in again with your second factor.",
        AccessCodes.RoleMissing => $"This needs one of these roles: {string.Join(", ", roles.Order())}.",
        _ => "None of your roles reaches this far. Ask for access to the case.",
    };

    private static bool IsOwned(AccessTarget target) => target.Kind is AccessTargetKind.Submission or AccessTargetKind.Message;

    private static AccessDecision NotFound(AccessTarget target) => Denied(AccessCodes.NotFound, $"There is no such {target.Kind.ToString().ToLowerInvariant()}.");
}
