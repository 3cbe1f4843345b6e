using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>An approver of either agency says no; a new request may be made.</summary>
public sealed class RefuseCross(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string grantId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, CrossStep.Of(caller, requestId, $"refuse {reason}", grantId, clock.GetUtcNow()) with
        {
            Reason = reason,
            Check = (session, _) => AccessCommand.Said(Check(session, caller)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(grantId, Refuse(session, caller, reason))),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return session.One<AccessGrant>() is not { } grant || (grant.Agency != caller.Agency && CrossStep.Owner(session, grant) != caller.Agency)
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.RefuseCross, facts with { Case = null, CaseId = null }, AccessTarget.None)
                ?? (grant.State is GrantState.Requested or GrantState.Sponsored ? null : CrossStep.NotIn(grant, "requested or sponsored"));
    }

    private static string Refuse(UnitSession session, Caller caller, string reason)
    {
        AccessGrant grant = session.One<AccessGrant>()!;
        grant.State = GrantState.Refused;
        grant.EndedAt = session.RecordedAt;
        grant.EndedBy = caller.Subject;
        grant.EndReason = reason;
        session.Write(grant);
        AuditLog.Record(session, caller, AccessActions.RefuseCross, "grant", grant.Id, said: reason);
        return grant.State;
    }
}
