using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Hearings;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Erasure;

/// <summary>Every place where a case's personal values stand, and what is left there. Runs inside the approval's transaction, under the case's lock.</summary>
/// <param name="only">Whose values; null: those of all.</param>
internal sealed class ErasePersonalData(DbContext db, CaseFile file, IReadOnlyList<Defendant> all, string? only, DateTimeOffset recordedAt)
{
    private readonly List<Defendant> _people = [.. all.Where(x => only is null || x.Id == only)];
    private readonly HashSet<string> _ids = [.. all.Select(x => x.Id).Where(x => only is null || x == only)];
    private readonly Redaction _redaction = new(new PersonNames(
        all.Where(x => (only is null || x.Id == only) && x.Name != PersonalValues.Erased).Select(Called), all.Where(x => only is not null && x.Id != only).Select(Called)));

    /// <returns>How many values and rows were emptied.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        bool everybody = only is null;
        int erased = await PersonalValues.EraseAsync(db, file.Id, Theirs, _redaction.Names, x => _redaction.Of(x), recordedAt, ct);
        erased += await RecordAsync(ct);
        erased += await TasksAsync(ct);
        erased += await MessagesAsync(ct);
        erased += await new EraseSubmissions(db, file, _people, everybody, _redaction).RunAsync(recordedAt, ct);
        erased += await new EraseAccess(db, file, everybody, _redaction).RunAsync(ct);
        erased += await SaidAsync(ct);
        await db.SaveChangesAsync(ct);
        return erased;
    }

    private static PersonName Called(Defendant defendant)
    {
        using JsonDocument detail = JsonDocument.Parse(defendant.Detail);
        return new PersonName(defendant.Name, !detail.RootElement.TryGetProperty("organisation", out _) || detail.RootElement.TryGetProperty("individual", out _));
    }

    private bool Theirs(InstanceState state) =>
        only is null || (state.Input.TryGetValue("defendant", out JsonNode? defendant) && (string?)defendant?["id"] is { } id && _ids.Contains(id));

    private async Task<int> RecordAsync(CancellationToken ct)
    {
        List<Offence> offences = await db.Set<Offence>().Where(x => _ids.Contains(x.DefendantId)).ToListAsync(ct);
        List<HearingDefendant> parts = await db.Set<HearingDefendant>().Where(x => _ids.Contains(x.DefendantId) && x.Results != null).ToListAsync(ct);
        foreach (Defendant defendant in _people)
        {
            (defendant.Name, defendant.Detail) = (PersonalValues.Erased, Redaction.Whole);
        }
        db.UpdateRange(_people);
        foreach (Offence offence in offences)
        {
            (offence.Wording, offence.Detail) = (PersonalValues.Erased, Redaction.Whole);
        }
        foreach (HearingDefendant part in parts)
        {
            part.Results = _redaction.Of(part.Results!, "text");
        }
        return _people.Count + offences.Count + parts.Count;
    }

    private async Task<int> TasksAsync(CancellationToken ct)
    {
        List<WorkTask> tasks = await db.Set<WorkTask>().Where(x => x.CaseId == file.Id && x.Undo != null).ToListAsync(ct);
        int erased = 0;
        foreach (WorkTask task in tasks)
        {
            string undo = Redaction.Change(task.Undo!, root => (root["rows"] as JsonArray ?? []).ToList().ForEach(x => Undone(x!)));
            erased += undo == task.Undo ? 0 : 1;
            task.Undo = undo;
        }
        return erased;
    }

    // Taking a completion back writes these rows again: they must say "erased" by then.
    private void Undone(JsonNode change)
    {
        JsonNode row = change["row"]!;
        switch ((string?)change["kind"])
        {
            case "defendant" when _ids.Contains((string?)row["Id"] ?? ""):
                (row["Name"], row["Detail"]) = (PersonalValues.Erased, Redaction.Whole);
                break;
            case "offence" when _ids.Contains((string?)row["DefendantId"] ?? ""):
                (row["Wording"], row["Detail"]) = (PersonalValues.Erased, Redaction.Whole);
                break;
            case "part" when _ids.Contains((string?)row["DefendantId"] ?? "") && (string?)row["Results"] is { } results:
                row["Results"] = _redaction.Of(results, "text");
                break;
        }
    }

    private async Task<int> MessagesAsync(CancellationToken ct)
    {
        int erased = 0;
        foreach (AgencyMessage message in await db.Set<AgencyMessage>().Where(x => x.CaseId == file.Id).ToListAsync(ct))
        {
            bool theirs = only is null || _ids.Contains(message.DefendantId ?? "");
            string payload = theirs ? _redaction.Of(message.Payload, "defendant", "text") : _redaction.Of(message.Payload);
            erased += payload == message.Payload ? 0 : 1;
            message.Payload = payload;
        }
        return erased;
    }

    // The hash knows only a salted digest of what was said; without the salt that tells nothing.
    private async Task<int> SaidAsync(CancellationToken ct)
    {
        int erased = 0;
        foreach (AuditEntry entry in await db.Set<AuditEntry>().Where(x => x.CaseId == file.Id && x.Said != null).ToListAsync(ct))
        {
            if (only is null || _redaction.Names(entry.Said!))
            {
                (entry.Said, entry.SaidSalt) = (null, null);
                erased++;
            }
        }
        return erased;
    }
}
