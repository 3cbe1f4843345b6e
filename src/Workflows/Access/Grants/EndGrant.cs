using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>Ends a grant, or takes a request back: either agency's side may, alone and at once, and so may whoever it is for.</summary>
public sealed class EndGrant(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string grantId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, UnitAddress.ByRow("access_grant", grantId), $"end {grantId} {reason}", clock.GetUtcNow()) with
        {
            Reason = reason,
            Load = load =>
            {
                AccessLoad.Add(load, caller, AccessTarget.None, clock.GetUtcNow());
                load.One<AccessGrant>("t.id = @grant", ("@grant", grantId));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(grantId, End(session, caller, session.One<AccessGrant>()!, reason))),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller)
    {
        AccessGrant grant = session.One<AccessGrant>()!;
        AccessFacts facts = AccessLoad.Facts(session);
        return !GrantSides.MayTakeAway(session, facts, caller, grant) ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.EndGrant, facts, AccessTarget.SomeCase)
                ?? (grant.State is GrantState.Requested or GrantState.Sponsored or GrantState.Live or GrantState.Suspended
                    ? null
                    : new Rejection("grant-ended", $"Expected a grant that runs or is asked for, but it is {grant.State}. Nothing was changed."));
    }

    internal static string End(UnitSession session, Caller caller, AccessGrant grant, string reason)
    {
        grant.State = GrantState.Ended;
        // One that slept opened nothing since then.
        grant.EndedAt ??= session.RecordedAt;
        grant.EndedBy = caller.Subject;
        grant.EndReason = reason;
        session.Write(grant);
        AuditLog.Record(session, caller, AccessActions.EndGrant, "grant", grant.Id, JsonSerializer.Serialize(new { grant.Subject, grant.Kind }), reason);
        return grant.State;
    }
}
