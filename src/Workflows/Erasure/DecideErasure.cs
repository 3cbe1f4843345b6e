using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Erasure;

/// <summary>Another person of the same agency approves an erasure, which is then done in the same transaction, or refuses it.</summary>
public sealed class DecideErasure(UnitRunner runner, IAccessEvaluator access)
{
    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string erasureId, bool approve, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = TaskRequest.Digest($"decide erasure {erasureId} {approve}"),
            Actor = caller.Subject,
            Now = now,
            Unit = UnitAddress.ByRow("erasure_request", erasureId),
            Load = load =>
            {
                load.One<ErasureRequest>("t.id = @erasure", ("erasure", erasureId));
                load.Many<Defendant>($"t.case_id = {load.UnitId}");
            },
            Check = (session, cancel) => CheckAsync(session, caller, cancel),
            Record = (session, cancel) => RecordAsync(session, caller, approve, cancel),
        }, ct);

    private async Task<Rejection?> CheckAsync(UnitSession session, Caller caller, CancellationToken ct)
    {
        ErasureRequest request = session.One<ErasureRequest>()!;
        AccessDecision decision = await access.CheckAsync(session.Db, caller, AccessActions.DecideErasure, AccessTarget.Case(request.CaseId), ct);
        if (!decision.Allowed)
        {
            return TaskRequest.Refusal(decision);
        }
        return request.Agency != caller.Agency
            ? new Rejection(AccessCodes.NotFound, "Expected something that you may see, but there is none of that id.")
            : await Humans.AreOneAsync(session.Db, caller.Subject, request.RequestedBy, ct)
            ? new Rejection(AccessCodes.SamePerson, "Expected another person than the one who asked for it, but you did. Nothing was changed.")
            : request.State != ErasureState.Requested
            ? new Rejection("already-decided", $"Expected a request that waits for a decision, but it is {request.State}. Nothing was changed.")
            : RequestErasure.Ended(SessionCase.Of(session)!, session.Many<Defendant>().FirstOrDefault(x => x.Id == request.DefendantId));
    }

    private static async Task<JsonNode?> RecordAsync(UnitSession session, Caller caller, bool approve, CancellationToken ct)
    {
        ErasureRequest request = session.One<ErasureRequest>()!;
        if (approve)
        {
            request.Erased = await new ErasePersonalData(
                session.Db, SessionCase.Of(session)!, [.. session.Many<Defendant>()], request.DefendantId, session.RecordedAt).RunAsync(ct);
        }
        request.State = approve ? ErasureState.Done : ErasureState.Refused;
        request.DecidedBy = caller.Subject;
        request.DecidedAt = session.RecordedAt;
        session.Write(request);
        AuditLog.Record(session, caller, AccessActions.DecideErasure, "erasure", request.Id,
            JsonSerializer.Serialize(new { request.State, request.LegalBasis, request.Erased }, JsonSerializerOptions.Web));
        return new JsonObject { ["id"] = request.Id, ["state"] = request.State, ["erased"] = request.Erased };
    }
}
