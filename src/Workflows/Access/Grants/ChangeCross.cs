using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

public sealed record CrossChanged(string GrantId, string Role, string MaxClassification, DateTimeOffset To, string Reason);

/// <summary>Shortening or lowering a grant is at once, by either side alone; anything more voids both approvals and is asked for again.</summary>
public sealed class ChangeCross(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, CrossChanged change, CancellationToken ct) =>
        runner.RunAsync(db, CrossStep.Of(caller, requestId, $"change {JsonSerializer.Serialize(change)}", change.GrantId, clock.GetUtcNow()) with
        {
            Reason = change.Reason,
            Check = (session, _) => AccessCommand.Said(Check(session, caller, change)),
            Record = (session, _) =>
            {
                AccessGrant grant = session.One<AccessGrant>()!;
                AccessGrant next = GrantSuccessor.Of(session, grant, Keeps(grant, change), change.Role, change.MaxClassification, change.To);
                session.Insert(next);
                AuditLog.Record(session, caller, AccessActions.ChangeCross, "grant", next.Id, JsonSerializer.Serialize(new { follows = grant.Id, next.Role, next.MaxClassification, next.To, next.State }), change.Reason);
                return AccessCommand.Done(AccessCommand.Answer(next.Id, next.State));
            },
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, CrossChanged change)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        // Even a shorter end takes away; the lane's other people have no more say in a colleague's grant here than in its end.
        return session.One<AccessGrant>() is not { } grant || !GrantSides.MayTakeAway(session, facts, caller, grant)
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.ChangeCross, facts with { Case = null, CaseId = null }, AccessTarget.None)
                ?? (grant.State is GrantState.Requested or GrantState.Sponsored or GrantState.Live ? null : CrossStep.NotIn(grant, "requested, sponsored or live"))
                ?? (GrantTerms.IsDelegable(change.Role) ? null : GrantTerms.RoleUnknown)
                ?? (Classification.IsKnown(change.MaxClassification) ? null : GrantTerms.ClassTooHigh)
                ?? GrantTerms.CrossTooLong(change.To, change.MaxClassification, facts.Case?.Sealed == true, session.RecordedAt)
                ?? AccessCommand.ReasonMissing(change.Reason, session.RecordedAt);
    }

    /// <summary>Whether the approvals stay: they are of a live grant, and it becomes less.</summary>
    internal static bool Keeps(AccessGrant grant, CrossChanged change) => grant.State == GrantState.Live
        && change.Role == grant.Role && change.To <= grant.To && Classification.Within(change.MaxClassification, grant.MaxClassification);
}
