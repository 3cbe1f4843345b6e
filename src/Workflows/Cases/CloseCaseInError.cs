using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Cases;

/// <summary>Closes a case that should not have been opened: its workflows are cancelled, the record stays with the reason.</summary>
public sealed class CloseCaseInError(UnitRunner runner, IAccessEvaluator access)
{
    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string caseId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId, Caller = $"{caller.ClientId}/{caller.Subject}", BodyDigest = TaskRequest.Digest($"close {caseId} {reason}"),
            Actor = caller.Subject, Reason = reason, Now = now, Unit = UnitAddress.Existing(caseId),
            Check = (session, cancel) => CheckAsync(session, caller, caseId, cancel),
            Steps = [new CancelStep()],
            Record = (session, _) => Task.FromResult<JsonNode?>(Close(session, caller, reason)),
        }, ct);

    private async Task<Rejection?> CheckAsync(UnitSession session, Caller caller, string caseId, CancellationToken ct)
    {
        AccessDecision decision = await access.CheckAsync(session.Db, caller, AccessActions.CloseCaseInError, AccessTarget.Case(caseId), ct);
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
        Audit.Record(session, caller, AccessActions.CloseCaseInError, "case", file.Id, JsonSerializer.Serialize(new { reason }));
        return new JsonObject { ["urn"] = file.Urn, ["status"] = file.Status };
    }
}
