using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Exchange;

/// <summary>An agency's system says that it has a message; whoever waits for that goes on. Saying it again changes nothing.</summary>
public sealed class AcknowledgeMessage(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, DateTimeOffset now, string messageId, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = TaskRequest.Digest($"acknowledge {messageId}"),
            Actor = caller.Subject,
            Now = now,
            Unit = UnitAddress.ByRow("message", messageId),
            Load = load => Load(load, caller, messageId),
            Check = (session, cancel) => CheckAsync(session, caller, messageId, cancel),
            Record = (session, _) => Task.FromResult<JsonNode?>(Record(session, caller)),
        }, ct);

    private async Task<Rejection?> CheckAsync(UnitSession session, Caller caller, string messageId, CancellationToken ct)
    {
        AccessDecision decision = access.Decide(caller, AccessActions.AcknowledgeMessage, AccessTarget.Message(messageId), AccessLoad.Facts(session));
        if (!decision.Allowed)
        {
            return TaskRequest.Refusal(decision);
        }
        AgencyMessage message = session.One<AgencyMessage>()!;
        if (message.AcknowledgedAt is not null)
        {
            return null;
        }
        bool awaited = message.WaitId is not null;
        message.State = MessageState.Acknowledged;
        message.AcknowledgedAt = session.Now;
        message.FetchedAt ??= session.Now;
        message.WaitId = null;
        session.Write(message);
        return awaited
            ? await session.StepAsync(new RaiseEventStep(Notify.Acknowledged, messageId, null, Buffered: false), ct)
            : null;
    }

    private void Load(UnitLoad load, Caller caller, string messageId)
    {
        load.One<AgencyMessage>("t.id = @message", ("message", messageId));
        load.One<Defendant>("t.id = (SELECT defendant_id FROM message WHERE id = @message)", ("message", messageId));
        AccessLoad.Add(load, caller, AccessTarget.Message(messageId), clock.GetUtcNow());
    }

    private static JsonObject Record(UnitSession session, Caller caller)
    {
        AgencyMessage message = session.One<AgencyMessage>()!;
        AuditLog.Record(session, caller, AccessActions.AcknowledgeMessage, "message", message.Id);
        return new JsonObject { ["id"] = message.Id, ["state"] = message.State };
    }
}
