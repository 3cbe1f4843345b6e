using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>The owner consents, and the grant is live: by another person of another agency than sponsored it, neither the beneficiary nor the requester.</summary>
public sealed class ConsentCross(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string grantId, CancellationToken ct) =>
        runner.RunAsync(db, CrossStep.Of(caller, requestId, "consent", grantId, clock.GetUtcNow()) with
        {
            Check = (session, _) => AccessCommand.Said(Check(session, caller)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(grantId, Consent(session, caller))),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return session.One<AccessGrant>() is not { } grant || CrossStep.Owner(session, grant) != caller.Agency
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.ConsentCross, facts, facts.Case is null ? AccessTarget.None : null) ?? Terms(session, facts, grant);
    }

    private static Rejection? Terms(UnitSession session, AccessFacts facts, AccessGrant grant)
    {
        bool isInvolved = CrossStep.IsBeneficiary(session, facts, grant) || CrossStep.Is(facts, grant.RequestedBy, grant.RequestedPerson)
            || CrossStep.Is(facts, grant.SponsoredBy, grant.SponsoredPerson);
        Person? person = session.One<Person>();
        return isInvolved ? AccessCommand.SamePerson
            : grant.State != GrantState.Sponsored ? CrossStep.NotIn(grant, "sponsored")
            : grant.SponsoredAgency == facts.Person!.Agency ? AccessCommand.SamePerson
            : session.One<HomeRole>() is null ? new Rejection("sponsor-lapsed", "Expected a sponsor who may still approve, but they no longer may. The request must be sponsored again.")
            : person is not { Status: DirectoryStatus.Active } || person.Agency != grant.Agency ? new Rejection("person-inactive", "Expected a beneficiary whose account is active. Nothing was changed.")
            : GrantTerms.CrossTooLong(grant.To!.Value, grant.MaxClassification, facts.Case?.Sealed == true, session.RecordedAt);
    }

    private static string Consent(UnitSession session, Caller caller)
    {
        AccessGrant grant = session.One<AccessGrant>()!;
        AccessFacts facts = AccessLoad.Facts(session);
        grant.State = GrantState.Live;
        grant.ConsentedBy = caller.Subject;
        grant.ConsentedPerson = facts.Person!.PersonId;
        grant.ConsentedAgency = caller.Agency;
        grant.ConsentedAt = session.RecordedAt;
        grant.LiveAt = session.RecordedAt;
        grant.SealEpoch = facts.Case is { Sealed: true } file ? file.SealEpoch : null;
        grant.RecertifyBy = session.RecordedAt.AddDays(AccessPolicy.At(session.RecordedAt).CrossRecertifyDays);
        session.Write(grant);
        AuditLog.Record(session, caller, AccessActions.ConsentCross, "grant", grant.Id);
        return grant.State;
    }
}
