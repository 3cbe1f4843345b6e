using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>
/// Risk to life: one person takes an hour's access to a case that their agency takes part in, up to restricted. A sealed case needs a second person
/// first; so that nobody learns of one this way, whoever asks for a case that is not there is told the same.
/// </summary>
public sealed class ClaimEmergency(UnitRunner runner, IAccessEvaluator access, RuleCatalog rules, TimeProvider clock)
{
    private const string PassedOn = "passed-on";

    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string urn, string reason, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Person(caller.Subject), $"emergency {urn} {reason}", clock.GetUtcNow()) with
        {
            Reason = reason,
            Load = load =>
            {
                DateTimeOffset real = clock.GetUtcNow();
                AccessLoad.AddCase(load, caller, real, "(SELECT id FROM case_file WHERE urn = @urn)");
                load.One<CaseFile>("t.urn = @urn", ("@urn", urn));
                OverdueReview.Load(load, caller, real);
                load.Many<AccessGrant>(
                    "t.subject = @subject AND t.requested_by = @subject AND t.category = 'risk-to-life' AND t.requested_at >= @today",
                    ("@subject", caller.Subject), ("@today", London.StartOf(London.Day(real))));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, reason)),
            Record = (session, _) => AccessCommand.Done(Record(session, caller, reason)),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, string reason)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.ClaimEmergency, facts with { Case = null, CaseId = null }, AccessTarget.None)
            ?? AccessCommand.ReasonMissing(reason, session.RecordedAt)
            ?? Exhausted(session)
            ?? (facts.Case is null or { Sealed: true } ? null : Barred(facts));
    }

    /// <summary>Before the case is looked at, so that it says nothing about one.</summary>
    private static Rejection? Exhausted(UnitSession session)
    {
        int? most = AccessPolicy.At(session.RecordedAt).BreakGlassADayOverdue;
        return OverdueReview.Stands(session) && session.Many<AccessGrant>().Count >= most
            ? OverdueReview.Refusal(session, $"Until it is, you can take emergency access {(most == 1 ? "once" : $"{most} times")} a day, and today you have. If a life is at risk now, call a colleague who has the case.")
            : null;
    }

    /// <summary>No emergency opens a case to its parties, to a conflict of interest or to an agency that takes no part.</summary>
    private static Rejection? Barred(AccessFacts facts)
    {
        AccessQuestion asked = new(
            ActionTable.RolesFor(AccessActions.ClaimEmergency), facts.Person, new Assurance(2, facts.At, true), About.Case, facts.Case, [], facts.Exclusions, facts.At, AccessPolicy.At(facts.At));
        return Gates.Run(asked) switch
        {
            { Code: AccessCodes.PartyConflict or AccessCodes.Excluded } barred => new Rejection(barred.Code, "A conflict stands between you and this case. Ask a colleague."),
            { Code: AccessCodes.NoStanding } => AccessCommand.Absent,
            _ => null,
        };
    }

    private JsonObject Record(UnitSession session, Caller caller, string reason)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        if (facts.Case is not { Sealed: false })
        {
            if (facts.Case is { } hidden)
            {
                session.Insert(Proposal(session, facts, hidden, reason));
            }
            // The claimant's agency reads its log: the record of a sealed case is that of one which is not there.
            session.Insert(AuditLog.Entry(session.NewId(), session.RecordedAt, caller, AccessActions.ClaimEmergency, ("case", "unknown"), file: null, """{"state":"passed-on"}""", reason));
            return new JsonObject { ["state"] = PassedOn };
        }
        DateTimeOffset to = session.RecordedAt.AddMinutes(AccessPolicy.At(session.RecordedAt).BreakGlassMinutes);
        AccessGrant grant = SelfClaim.Of(session, facts, GrantKind.Challenged, Role(facts), Classification.Restricted, to, SelfClaim.RiskToLife, reason);
        session.Insert(grant);
        Alerts.Raise(session, grant, session.One<CaseFile>()!, ReviewDue.From(rules, session.RecordedAt));
        AuditLog.Record(session, caller, AccessActions.ClaimEmergency, "grant", grant.Id, JsonSerializer.Serialize(new { grant.CaseId, grant.To }), reason);
        return AccessCommand.Answer(grant.Id, grant.State);
    }

    private static string Role(AccessFacts facts) => facts.Grants.First(grant =>
        grant.Type == GrantType.Home && grant.IsLive(facts.At) && ActionTable.RolesFor(AccessActions.ClaimEmergency).Contains(grant.Role)).Role;

    private static AccessProposal Proposal(UnitSession session, AccessFacts facts, CaseFacts file, string reason) => new()
    {
        Id = session.NewId(),
        UnitId = file.Id,
        Kind = ProposalKind.BreakGlass,
        Content = JsonSerializer.Serialize(new ProtectionContent { Named = [new NamedPerson(facts.Person!.Subject, Role(facts))] }, JsonSerializerOptions.Web),
        Reason = reason,
        ProposedBy = facts.Person.Subject,
        ProposedPerson = facts.Person.PersonId,
        ProposedAt = session.RecordedAt,
        SealEpoch = file.SealEpoch,
        State = ProposalState.Open,
    };
}
