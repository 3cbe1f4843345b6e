using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Exchange;

/// <summary>Puts messages into mailboxes, and marks those that nobody took in time.</summary>
internal static class MessageQueue
{
    public static Performer Queue { get; } = new("queue-message", QueueAsync);

    public static Performer Fail { get; } = new("message-failed", FailAsync);

    private static async Task<JsonNode?> QueueAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        JsonObject content = (JsonObject)payload["content"]!.DeepClone();
        if ((string?)payload["defendantId"] is { } defendant)
        {
            // The name joins here, not in the workflow: its state holds nothing personal.
            content["defendant"] = (await SessionCase.DefendantAsync(session, defendant, ct)).Name;
        }
        if ((string?)content["body"]?["hearingId"] is { } hearing)
        {
            content["results"] = await ResultsAsync(session, hearing, (string?)payload["defendantId"], ct);
        }
        SessionCase.Queued(session, (string)payload["messageId"]!);
        session.Write(new AgencyMessage
        {
            Id = (string)payload["messageId"]!,
            CaseId = session.UnitId,
            DefendantId = (string?)payload["defendantId"],
            Agency = (string)payload["agency"]!,
            Kind = (string)payload["kind"]!,
            Payload = content.ToJsonString(),
            State = MessageState.Queued,
            CreatedAt = session.Now,
            WaitId = (string?)payload["waitId"],
            InstanceId = instance.Id,
        });
        return null;
    }

    /// <summary>The results come from the record, too; those of the completion at hand are loaded with it.</summary>
    private static async Task<JsonNode?> ResultsAsync(UnitSession session, string hearingId, string? defendantId, CancellationToken ct)
    {
        HearingDefendant? part = session.One<HearingDefendant>() is { } loaded && loaded.HearingId == hearingId && loaded.DefendantId == defendantId
            ? loaded
            : await session.Db.Set<HearingDefendant>().AsNoTracking().SingleOrDefaultAsync(x => x.HearingId == hearingId && x.DefendantId == defendantId, ct);
        return part?.Results is { } results ? JsonNode.Parse(results) : null;
    }

    private static async Task<JsonNode?> FailAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        string id = (string)payload["messageId"]!;
        AgencyMessage message = await session.Db.Set<AgencyMessage>().AsNoTracking().SingleAsync(x => x.Id == id, ct);
        message.State = MessageState.Failed;
        message.WaitId = null;
        session.Write(message);
        return null;
    }
}
