using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Cases;
using Assize.Workflows.Hearings;

namespace Assize.Workflows.Storage;

/// <summary>The rows of the case record that a completion can change, as they were before it.</summary>
internal sealed record RecordSnapshot(IReadOnlyList<(string Kind, object Row, byte[] Before)> Rows)
{
    public static RecordSnapshot Of(UnitSession session) => new(
        [.. new (string, object?)[]
            {
                ("case", SessionCase.Of(session)), ("defendant", session.One<Defendant>()),
                ("hearing", session.One<Hearing>()), ("part", session.One<HearingDefendant>()),
            }
            .Concat(session.Many<Offence>().Select(x => ("offence", (object?)x)))
            .Where(x => x.Item2 is not null)
            .Select(x => (x.Item1, x.Item2!, Bytes(x.Item2!)))]);

    /// <summary>JSON text: the rows that differ now, as they were.</summary>
    public JsonArray Changes() => new([.. Rows
        .Where(x => !x.Before.AsSpan().SequenceEqual(Bytes(x.Row)))
        .Select(x => new JsonObject { ["kind"] = x.Kind, ["row"] = JsonNode.Parse(x.Before) })]);

    private static byte[] Bytes(object row) => JsonSerializer.SerializeToUtf8Bytes(row, row.GetType());

    public static void Restore(UnitSession session, JsonArray changes)
    {
        foreach (JsonNode? change in changes)
        {
            JsonNode row = change!["row"]!;
            switch ((string?)change["kind"])
            {
                case "case":
                    CaseFile file = Protected(row.Deserialize<CaseFile>()!, SessionCase.Of(session));
                    SessionCase.Set(session, file);
                    session.Write(file);
                    break;
                case "defendant":
                    session.Write(row.Deserialize<Defendant>()!);
                    break;
                case "hearing":
                    session.Write(row.Deserialize<Hearing>()!);
                    break;
                case "part":
                    session.Write(row.Deserialize<HearingDefendant>()!);
                    break;
                default:
                    session.Write(row.Deserialize<Offence>()!);
                    break;
            }
        }
    }

    // Who may see the case is no part of what a completion did: a seal set since then stays.
    private static CaseFile Protected(CaseFile before, CaseFile? now)
    {
        if (now is not null)
        {
            (before.Sealed, before.SealEpoch, before.Classification) = (now.Sealed, now.SealEpoch, now.Classification);
            (before.Jurisdiction, before.NeedsAuthorisation, before.Participants) = (now.Jurisdiction, now.NeedsAuthorisation, now.Participants);
        }
        return before;
    }
}
