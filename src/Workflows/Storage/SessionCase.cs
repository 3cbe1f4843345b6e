using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Cases;
using Assize.Workflows.Hearings;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>The case record as a command's session sees it: loaded with it, or made by it and not yet written.</summary>
internal static class SessionCase
{
    private static readonly ConditionalWeakTable<UnitSession, Made> s_made = [];

    public static CaseFile? Of(UnitSession session) =>
        s_made.TryGetValue(session, out Made? made) && made.File is { } file ? file : session.One<CaseFile>();

    public static void Set(UnitSession session, CaseFile file) => s_made.GetOrCreateValue(session).File = file;

    public static void Keep(UnitSession session, Defendant defendant) => s_made.GetOrCreateValue(session).Defendants[defendant.Id] = defendant;

    /// <summary>The defendant of the task at hand comes with the command's load; another costs a round trip.</summary>
    public static async Task<Defendant> DefendantAsync(UnitSession session, string id, CancellationToken ct)
    {
        Dictionary<string, Defendant> known = s_made.GetOrCreateValue(session).Defendants;
        if (!known.TryGetValue(id, out Defendant? defendant))
        {
            defendant = session.One<Defendant>() is { } loaded && loaded.Id == id
                ? loaded
                : await session.Db.Set<Defendant>().AsNoTracking().SingleAsync(x => x.Id == id, ct);
            known[id] = defendant;
        }
        return defendant;
    }

    public static RecordSnapshot Snapshot(UnitSession session) => RecordSnapshot.Of(session);

    /// <summary>What taking a completion back must restore: rows as they were, and the hearings, messages and offences that it made.</summary>
    public static string? Changes(UnitSession session, RecordSnapshot before)
    {
        Made made = s_made.GetOrCreateValue(session);
        JsonArray rows = new([.. before.Changes().Concat(made.Before).Select(x => x!.DeepClone())]);
        return rows.Count + made.Hearings.Count + made.Messages.Count + made.Offences.Count == 0
            ? null
            : new JsonObject
            {
                ["rows"] = rows,
                ["hearings"] = new JsonArray([.. made.Hearings.Select(x => JsonValue.Create(x.Id))]),
                ["messages"] = new JsonArray([.. made.Messages.Select(x => JsonValue.Create(x))]),
                ["offences"] = new JsonArray([.. made.Offences.Select(x => JsonValue.Create(x.Id))]),
            }.ToJsonString();
    }

    public static void Listed(UnitSession session, Hearing hearing) => s_made.GetOrCreateValue(session).Hearings.Add(hearing);

    /// <summary>Hearings that this command lists and that are not written yet.</summary>
    public static IReadOnlyList<Hearing> NewHearings(UnitSession session) => s_made.GetOrCreateValue(session).Hearings;

    /// <summary>Keeps a row that did not come with the command's load as it is before a performer changes it.</summary>
    public static void Changing<T>(UnitSession session, string kind, T row) where T : class =>
        s_made.GetOrCreateValue(session).Before.Add(new JsonObject { ["kind"] = kind, ["row"] = JsonSerializer.SerializeToNode(row) });

    public static void Laid(UnitSession session, Offence offence) => s_made.GetOrCreateValue(session).Offences.Add(offence);

    /// <summary>Offences of the record as they stand now: those loaded with the command, and those it laid.</summary>
    public static IReadOnlyList<Offence> Offences(UnitSession session) => [.. session.Many<Offence>(), .. s_made.GetOrCreateValue(session).Offences];

    public static void Queued(UnitSession session, string messageId) => s_made.GetOrCreateValue(session).Messages.Add(messageId);

    /// <summary>Makes an agency a participant, once, for the reason of the step that brought it in.</summary>
    public static void Join(UnitSession session, CaseFile file, string agency, string reason)
    {
        List<string> known = JsonSerializer.Deserialize<List<string>>(file.Participants) ?? [];
        if (agency.Length == 0 || known.Contains(agency))
        {
            return;
        }
        file.Participants = JsonSerializer.Serialize(known.Append(agency));
        session.Write(new CaseParticipant
        {
            CaseId = file.Id,
            Agency = agency,
            Since = session.Now,
            Reason = reason,
            JoinedAt = session.RecordedAt,
            CaseCreatedAt = file.CreatedAt,
            CaseArea = file.Area,
        });
        session.Write(file);
    }

    /// <summary>Takes an agency off the list beside the case; its row keeps until when it took part.</summary>
    public static void Leave(UnitSession session, string agency)
    {
        CaseFile file = Of(session)!;
        file.Participants = JsonSerializer.Serialize((JsonSerializer.Deserialize<List<string>>(file.Participants) ?? []).Where(known => known != agency));
        session.Write(file);
    }

    private sealed class Made
    {
        public CaseFile? File { get; set; }
        public Dictionary<string, Defendant> Defendants { get; } = [];
        public List<Hearing> Hearings { get; } = [];
        public List<string> Messages { get; } = [];
        public List<Offence> Offences { get; } = [];
        public List<JsonNode> Before { get; } = [];
    }
}
