using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Participants;

/// <summary>The owner takes an agency off a case; its roles stop opening it at once.</summary>
public sealed class WithdrawAgency(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string urn, string agency, string reason, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Case(urn), $"withdraw-agency {urn} {agency} {reason}", clock.GetUtcNow()) with
        {
            Reason = reason,
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<CaseParticipant>($"t.case_id = {load.UnitId} AND t.agency = @withdrawn AND t.withdrawn_at IS NULL", ("@withdrawn", agency));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, agency, reason)),
            Record = (session, _) => AccessCommand.Done(Withdraw(session, caller, reason)),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, string agency, string reason)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.WithdrawAgency, facts)
            ?? (facts.Person!.Agency == facts.Case!.Owner ? null : AccessCommand.NotOwner)
            ?? AccessCommand.ReasonMissing(reason, session.RecordedAt)
            ?? (agency == facts.Case.Owner ? new Rejection("agency-owns-case", "Expected another agency than the one that owns the case. Nothing was changed.") : null)
            ?? (session.One<CaseParticipant>() is null ? new Rejection("agency-takes-no-part", "Expected an agency that takes part in the case. Nothing was changed.") : null);
    }

    private static JsonObject Withdraw(UnitSession session, Caller caller, string reason)
    {
        CaseParticipant part = session.One<CaseParticipant>()!;
        part.WithdrawnAt = session.RecordedAt;
        part.WithdrawnReason = reason;
        session.Write(part);
        SessionCase.Leave(session, part.Agency);
        AuditLog.Record(session, caller, AccessActions.WithdrawAgency, "case", part.CaseId, JsonSerializer.Serialize(new { agency = part.Agency }), reason);
        return new JsonObject { ["agency"] = part.Agency, ["state"] = "withdrawn" };
    }
}
