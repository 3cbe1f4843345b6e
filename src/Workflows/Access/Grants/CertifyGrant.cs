using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>Says why a grant is still needed, which wakes one that sleeps: a cross-agency one by the owner, a case role by the beneficiary's agency, never by the beneficiary.</summary>
public sealed class CertifyGrant(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string grantId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, UnitAddress.ByRow("access_grant", grantId), $"certify {grantId} {reason}", clock.GetUtcNow()) with
        {
            Reason = reason,
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<AccessGrant>("t.id = @grant", ("@grant", grantId));
                load.One<Person>("t.subject = (SELECT subject FROM access_grant WHERE id = @grant)", ("@grant", grantId));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, reason)),
            Record = (session, _) =>
            {
                AccessGrant grant = session.One<AccessGrant>()!;
                DateTimeOffset due = session.RecordedAt.AddDays(AccessPolicy.At(session.RecordedAt).CrossRecertifyDays);
                AccessGrant next = GrantSuccessor.Of(session, grant, isApproved: true, recertifyBy: due);
                if (grant.Kind == GrantKind.Case)
                {
                    next.RecertifyBy = null;
                }
                session.Insert(next);
                AuditLog.Record(session, caller, AccessActions.CertifyGrant, "grant", next.Id, JsonSerializer.Serialize(new { follows = grant.Id, next.RecertifyBy }), reason);
                return AccessCommand.Done(AccessCommand.Answer(next.Id, next.State));
            },
        }, ct);

    internal static bool Takes(AccessGrant grant, DateTimeOffset at) =>
        grant.State is GrantState.Live or GrantState.Suspended && grant.Kind != GrantKind.Challenged && !(grant.To <= at);

    private Rejection? Check(UnitSession session, Caller caller, string reason)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        AccessGrant grant = session.One<AccessGrant>()!;
        string? reviewer = grant.Kind == GrantKind.Cross ? CrossStep.Owner(session, grant) : grant.Agency;
        return reviewer != caller.Agency
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.CertifyGrant, facts, facts.Case is null ? AccessTarget.None : null)
                ?? (CrossStep.IsBeneficiary(session, facts, grant) ? AccessCommand.SamePerson : null)
                ?? (Takes(grant, session.RecordedAt) ? null : CrossStep.NotIn(grant, "live or suspended"))
                ?? (grant.State == GrantState.Suspended && (session.One<Person>() is not { Status: DirectoryStatus.Active } person || person.Agency != grant.Agency)
                    ? new Rejection("person-inactive", "Expected a beneficiary whose account is active. Nothing was changed.")
                    : null)
                ?? (string.IsNullOrWhiteSpace(reason) ? new Rejection("reason-missing", "Expected a reason why it is still needed. Nothing was changed.") : null);
    }
}
