using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>Workflows that an event or a clock begins: a message for each in the transaction of the cause, a command for each after its commit.</summary>
internal static class TriggeredStarts
{
    /// <summary>The engine's own kind of message: a workflow to start.</summary>
    public const string Kind = "engine.start";

    /// <summary>The message for an instance that is due. The same instant of the same trigger gives the same id.</summary>
    public static OutboxRow Due(TriggerRow trigger, DateTimeOffset due, DateTimeOffset recordedAt)
    {
        string id = IdSource.Derive($"due/{trigger.DefinitionId}/{trigger.ActivityId}/{due:O}", "", 0);
        return new OutboxRow
        {
            Id = id,
            UnitId = UnitOf(id),
            RequestId = $"due/{id}",
            Kind = Kind,
            Payload = new JsonObject { ["target"] = JsonNode.Parse(trigger.Target) }.ToJsonString(),
            State = OutboxState.Waiting,
            Attempts = 0,
            NextAt = recordedAt,
            CreatedAt = recordedAt,
        };
    }

    /// <summary>Starts what the message asks for, in a unit of its own; asked again, it answers as before.</summary>
    /// <returns>Why it may not start, or null.</returns>
    public static async Task<string?> StartAsync(UnitRunner runner, DbContext db, OutboxRow message, DateTimeOffset now, CancellationToken ct)
    {
        JsonObject payload = JsonNode.Parse(message.Payload)!.AsObject();
        JsonObject target = payload["target"]!.AsObject();
        JsonObject? raised = payload["event"]?.AsObject();
        CommandAnswer answer = await runner.RunAsync(db, new UnitCommand
        {
            RequestId = message.Id,
            Caller = "outbox",
            BodyDigest = "",
            Actor = "system",
            Now = now,
            Unit = UnitAddress.New(UnitOf(message.Id)),
            Steps =
            [
                new StartStep(
                    (string)target["definitionId"]!,
                    raised is null ? [] : new JsonObject { ["Payload"] = raised["payload"]?.DeepClone() },
                    (int)target["version"]!, (string?)raised?["key"], (string)target["activityId"]!),
            ],
        }, ct);
        return answer is Refused refused ? refused.Message : null;
    }

    private static string UnitOf(string messageId) => IdSource.Derive(messageId, "unit", 0);
}
