using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>The beneficiary's own agency stands by a request, through an approver who is not the beneficiary.</summary>
public sealed class SponsorCross(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string grantId, CancellationToken ct) =>
        runner.RunAsync(db, CrossStep.Of(caller, requestId, "sponsor", grantId, clock.GetUtcNow()) with
        {
            Check = (session, _) => AccessCommand.Said(Check(session, caller)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(grantId, Sponsor(session, caller))),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return session.One<AccessGrant>() is not { } grant || grant.Agency != caller.Agency
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.SponsorCross, facts with { Case = null, CaseId = null }, AccessTarget.None)
                ?? (CrossStep.IsBeneficiary(session, facts, grant) ? AccessCommand.SamePerson : null)
                ?? (grant.State == GrantState.Requested ? null : CrossStep.NotIn(grant, "requested"));
    }

    private static string Sponsor(UnitSession session, Caller caller)
    {
        AccessGrant grant = session.One<AccessGrant>()!;
        grant.State = GrantState.Sponsored;
        grant.SponsoredBy = caller.Subject;
        grant.SponsoredPerson = AccessLoad.Facts(session).Person!.PersonId;
        grant.SponsoredAgency = caller.Agency;
        grant.SponsoredAt = session.RecordedAt;
        session.Write(grant);
        AuditLog.Record(session, caller, AccessActions.SponsorCross, "grant", grant.Id);
        return grant.State;
    }
}
