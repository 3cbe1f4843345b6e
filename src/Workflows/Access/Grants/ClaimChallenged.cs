using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

public sealed record ChallengedClaimed(string Urn, string Category, string Reason);

/// <summary>Somebody whose role stops short of a case only by area or court takes access until midnight, and both privacy officers are told.</summary>
public sealed class ClaimChallenged(UnitRunner runner, IAccessEvaluator access, RuleCatalog rules, TimeProvider clock)
{
    /// <summary>Locks the person, so that two claims at once still count as two; the case is only read.</summary>
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, ChallengedClaimed claim, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Person(caller.Subject), JsonSerializer.Serialize(claim), clock.GetUtcNow()) with
        {
            Reason = claim.Reason,
            Load = load => Load(load, caller, claim, clock.GetUtcNow()),
            Check = (session, _) => AccessCommand.Said(Check(session, caller, claim)),
            Record = (session, _) =>
            {
                AccessGrant grant = Grant(session, caller, claim);
                session.Insert(grant);
                Alerts.Raise(session, grant, session.One<CaseFile>()!, ReviewDue.From(rules, session.RecordedAt));
                AuditLog.Record(session, caller, AccessActions.ClaimChallenged, "grant", grant.Id, JsonSerializer.Serialize(new { grant.CaseId, claim.Category, grant.To }), claim.Reason);
                return AccessCommand.Done(AccessCommand.Answer(grant.Id, grant.State));
            },
        }, ct);

    private static void Load(UnitLoad load, Caller caller, ChallengedClaimed claim, DateTimeOffset real)
    {
        const string CaseId = "(SELECT id FROM case_file WHERE urn = @urn)";
        AccessLoad.AddCase(load, caller, real, CaseId);
        load.One<CaseFile>("t.urn = @urn", ("@urn", claim.Urn));
        OverdueReview.Load(load, caller, real);
        load.Many<AccessGrant>(
            "t.subject = @subject AND t.kind = 'challenged' AND t.category <> 'risk-to-life' AND t.requested_at >= @today",
            ("@subject", caller.Subject), ("@today", London.StartOf(London.Day(real))));
    }

    private Rejection? Check(UnitSession session, Caller caller, ChallengedClaimed claim)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        AccessPolicy policy = AccessPolicy.At(session.RecordedAt);
        AccessDecision decision = access.Decide(caller, AccessActions.ClaimChallenged, AccessTarget.Case(facts.Case?.Id ?? ""), facts);
        return decision.Allowed ? new Rejection("access-held", "Expected a case that you have no access to, but you have it already. Nothing was changed.")
            : decision.Verdict?.Hint != Hint.Challenge ? AccessCommand.Said(decision)
            : !policy.ChallengedCategories.Contains(claim.Category) ? new Rejection("category-unknown", $"Expected one of {string.Join(", ", policy.ChallengedCategories)}. Nothing was changed.")
            : OverdueReview.Stands(session) ? OverdueReview.Refusal(session, "Until it is, you cannot take another.")
            : session.Many<AccessGrant>().Count >= policy.ChallengedADay ? new Rejection("too-many-today", $"You have taken access {policy.ChallengedADay} times today, which is the most. Ask for access instead.")
            : AccessCommand.ReasonMissing(claim.Reason, session.RecordedAt);
    }

    private AccessGrant Grant(UnitSession session, Caller caller, ChallengedClaimed claim)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        Verdict verdict = access.Decide(caller, AccessActions.ClaimChallenged, AccessTarget.Case(facts.Case!.Id), facts).Verdict!;
        DateTimeOffset midnight = London.StartOf(London.Day(session.RecordedAt).AddDays(1));
        DateTimeOffset longest = session.RecordedAt.AddHours(AccessPolicy.At(session.RecordedAt).ChallengedLongestHours);
        return SelfClaim.Of(session, facts, GrantKind.Challenged, verdict.Elsewhere!.Role, facts.Case.Classification, midnight < longest ? midnight : longest, claim.Category, claim.Reason);
    }
}
