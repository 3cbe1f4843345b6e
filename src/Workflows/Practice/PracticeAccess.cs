using Assize.Engine.Commands;
using Assize.Workflows.Access;

namespace Assize.Workflows.Practice;

/// <summary>A practice case is its agency's process owners' and nobody else's. To others it does not exist.</summary>
internal static class PracticeAccess
{
    /// <summary>Asked after the lock, of what was loaded with it.</summary>
    public static Rejection? Refusal(UnitSession session, IAccessEvaluator access, Caller caller)
    {
        AccessDecision decision = access.Decide(caller, AccessActions.RunPractice, AccessTarget.None, AccessLoad.Facts(session));
        return !decision.Allowed ? new Rejection(decision.Code, decision.Reason)
            : session.One<PracticeCase>()?.Agency == caller.Agency ? null
            : new Rejection(AccessCodes.NotFound, "There is no such practice case.");
    }
}
