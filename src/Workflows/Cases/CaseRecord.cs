using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Cases;

/// <summary>What workflows write to the case record: stages and outcomes.</summary>
internal static class CaseRecord
{
    public const string Concluded = "Concluded";

    public static Performer Stage { get; } = new("stage", StageAsync);

    public static Performer Outcome { get; } = new("outcome", OutcomeAsync);

    private static async Task<JsonNode?> StageAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        string stage = (string?)payload["stage"] ?? "";
        if ((string?)payload["defendantId"] is { } id)
        {
            Defendant defendant = await SessionCase.DefendantAsync(session, id, ct);
            defendant.Stage = stage;
            session.Write(defendant);
        }
        else if (SessionCase.Of(session) is { } file)
        {
            file.Stage = stage;
            session.Write(file);
        }
        return null;
    }

    private static async Task<JsonNode?> OutcomeAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        string outcome = (string?)payload["outcome"] ?? "";
        if ((string?)payload["defendantId"] is { } id)
        {
            Defendant defendant = await SessionCase.DefendantAsync(session, id, ct);
            defendant.Outcome = outcome;
            defendant.Stage = Concluded;
            session.Write(defendant);
        }
        else if (SessionCase.Of(session) is { } file)
        {
            file.Outcome = outcome;
            file.Stage = Concluded;
            file.Status = CaseStatus.Inactive;
            file.ConcludedAt = session.Now;
            session.Write(file);
        }
        return null;
    }
}
