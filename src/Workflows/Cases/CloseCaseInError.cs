using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Cases;

/// <summary>Closes a case that should not have been opened: its workflows are cancelled, its slots at court are given back, and the record stays with the reason.</summary>
public sealed class CloseCaseInError(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string caseId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = TaskRequest.Digest($"close {caseId} {reason}"),
            Actor = caller.Subject,
            Reason = reason,
            Now = now,
            Unit = UnitAddress.Existing(caseId),
            Load = load => Load(load, caller, caseId, clock.GetUtcNow()),
            Check = (session, _) => Task.FromResult(Check(session, caller, caseId)),
            Steps = [new CancelStep()],
            Record = (session, _) => Task.FromResult<JsonNode?>(Close(session, caller, reason)),
        }, ct);

    private static void Load(UnitLoad load, Caller caller, string caseId, DateTimeOffset real)
    {
        AccessLoad.Add(load, caller, AccessTarget.Case(caseId), real);
        load.Many<Hearing>($"t.case_id = {load.UnitId}");
    }

    private Rejection? Check(UnitSession session, Caller caller, string caseId)
    {
        AccessDecision decision = access.Decide(caller, AccessActions.CloseCaseInError, AccessTarget.Case(caseId), AccessLoad.Facts(session));
        if (!decision.Allowed)
        {
            return TaskRequest.Refusal(decision);
        }
        return SessionCase.Of(session)!.Status == CaseStatus.Active
            ? null
            : new Rejection("case-ended", "Expected a case that is open, but it has ended already. Nothing was changed.");
    }

    private static JsonObject Close(UnitSession session, Caller caller, string reason)
    {
        CaseFile file = SessionCase.Of(session)!;
        file.Status = CaseStatus.Closed;
        file.Stage = "Closed";
        file.Outcome = "Opened in error";
        file.ConcludedAt = session.Now;
        session.Write(file);
        foreach (Hearing hearing in session.Many<Hearing>().Where(x => x.State == HearingState.Initialised))
        {
            hearing.State = HearingState.Vacated;
            session.Write(hearing);
        }
        AuditLog.Record(session, caller, AccessActions.CloseCaseInError, "case", file.Id, said: reason);
        return new JsonObject { ["urn"] = file.Urn, ["status"] = file.Status };
    }
}
