using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Cases;

/// <summary>Takes a step of a case again that went wrong. If it goes wrong again the case stands at a new incident.</summary>
public sealed class RetryIncident(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    /// <summary>Member of the answer: false where the step went wrong again.</summary>
    public const string GoesOn = "goesOn";

    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string caseId, string incidentId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = TaskRequest.Digest($"retry {caseId} {incidentId} {reason}"),
            Actor = caller.Subject,
            Reason = reason,
            Now = now,
            Unit = UnitAddress.Existing(caseId),
            Load = load => AccessLoad.Add(load, caller, AccessTarget.Case(caseId), clock.GetUtcNow()),
            Check = (session, _) => Task.FromResult(Check(session, caller, caseId)),
            Steps = [new RetryStep(null, incidentId)],
            Record = (session, _) => Task.FromResult<JsonNode?>(Record(session, caller, incidentId, reason)),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, string caseId)
    {
        AccessDecision decision = access.Decide(caller, AccessActions.RetryIncident, AccessTarget.Case(caseId), AccessLoad.Facts(session));
        return decision.Allowed ? null : TaskRequest.Refusal(decision);
    }

    private static JsonObject Record(UnitSession session, Caller caller, string incidentId, string reason)
    {
        AuditLog.Record(session, caller, AccessActions.RetryIncident, "case", session.UnitId, new JsonObject { ["incident"] = incidentId }.ToJsonString(), said: reason);
        StepTaken taken = session.Taken[0];
        string execution = taken.Before!.Incidents.Single(incident => incident.Id == incidentId).ExecutionId;
        return new JsonObject { [GoesOn] = taken.After.Incidents.All(incident => incident.ExecutionId != execution) };
    }
}
