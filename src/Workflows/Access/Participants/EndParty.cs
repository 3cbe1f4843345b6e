using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Participants;

/// <summary>
/// The human behind an account was recorded as a party, and is none, or none any more: their roles open the case again. Nobody ends what is recorded of
/// themselves, by whichever account, since the case does not open to them.
/// </summary>
public sealed class EndParty(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string urn, string subject, string part, string reason, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Case(urn), $"end-party {urn} {subject} {part} {reason}", clock.GetUtcNow()) with
        {
            Reason = reason,
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<Person>("t.subject = @party", ("@party", subject));
                load.Many<CaseParty>($"t.case_id = {load.UnitId} AND t.to_at IS NULL");
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, part, reason)),
            Record = (session, _) => AccessCommand.Done(End(session, caller, subject, part, reason)),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, string part, string reason)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.EndParty, facts)
            ?? (facts.Person!.Agency == facts.Case!.Owner ? null : AccessCommand.NotOwner)
            ?? AccessCommand.ReasonMissing(reason, session.RecordedAt)
            ?? (Found(session, part).Count == 0 ? new Rejection("party-unknown", "Expected somebody who is recorded as that party of the case. Nothing was changed.") : null);
    }

    private static JsonObject End(UnitSession session, Caller caller, string subject, string part, string reason)
    {
        foreach (CaseParty party in Found(session, part))
        {
            party.To = session.RecordedAt;
            session.Write(party);
        }
        AuditLog.Record(session, caller, AccessActions.EndParty, "case", SessionCase.Of(session)!.Id, JsonSerializer.Serialize(new { subject, part }), reason);
        return new JsonObject { ["subject"] = subject, ["part"] = part, ["state"] = "ended" };
    }

    private static List<CaseParty> Found(UnitSession session, string part) =>
        session.One<Person>() is { } person ? CaseParty.Of(person.PersonId ?? person.Subject, part, session.Many<CaseParty>()) : [];
}
