using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>Empties what the journal of a unit names by digest, and the reasons that people gave. State and journal stay as they are and replay as before.</summary>
public static partial class PersonalValues
{
    public const string Erased = "[erased]";

    /// <param name="whole">Instances of which everything goes; of the others, what <paramref name="names"/>.</param>
    /// <param name="names">Whether a text names the person.</param>
    /// <param name="redact">Takes the person out of JSON text that is nobody's state: answers to requests, kept events, messages.</param>
    /// <returns>How many values and reasons were emptied.</returns>
    public static async Task<int> EraseAsync(
        DbContext db, string unitId, Func<InstanceState, bool> whole, Func<string, bool> names, Func<string, string> redact, DateTimeOffset recordedAt, CancellationToken ct)
    {
        List<InstanceState> states = [.. (await db.Set<InstanceRow>().AsNoTracking().Where(x => x.UnitId == unitId).Select(x => x.State).ToListAsync(ct)).Select(InstanceJson.ReadState)];
        HashSet<string> theirs = Below(states, whole);
        List<JournalRow> journal = await db.Set<JournalRow>().Where(x => x.UnitId == unitId).ToListAsync(ct);
        int erased = await ErasePayloadsAsync(db, journal, theirs, (names, redact), recordedAt, ct);
        foreach (JournalRow row in journal.Where(x => x.Reason is not null && (theirs.Contains(x.InstanceId) || names(x.Reason))))
        {
            row.Reason = Erased;
            row.Stimulus = InstanceJson.Write(InstanceJson.ReadStimulus(row.Stimulus) with { Reason = Erased });
            erased++;
        }
        await RedactAsync(db, unitId, redact, ct);
        return erased;
    }

    // What a defendant's workflow started is the defendant's, too.
    private static HashSet<string> Below(List<InstanceState> states, Func<InstanceState, bool> whole)
    {
        HashSet<string> theirs = [.. states.Where(whole).Select(x => x.Id)];
        int known;
        do
        {
            known = theirs.Count;
            theirs.UnionWith(states.Where(x => x.ParentId is { } parent && theirs.Contains(parent)).Select(x => x.Id));
        }
        while (theirs.Count > known);
        return theirs;
    }

    private static async Task<int> ErasePayloadsAsync(
        DbContext db, List<JournalRow> journal, HashSet<string> theirs, (Func<string, bool> Names, Func<string, string> Redact) person, DateTimeOffset recordedAt, CancellationToken ct)
    {
        List<string> large = [.. journal.Select(x => x.PayloadDigest).OfType<string>().Distinct()];
        Dictionary<string, string?> bodies = await db.Set<PayloadRow>().AsNoTracking().Where(x => large.Contains(x.Digest)).ToDictionaryAsync(x => x.Digest, x => x.Body, ct);
        HashSet<string> all = [], whole = [];
        foreach (JournalRow row in journal)
        {
            List<string> digests = Digests(row.Stimulus + (row.PayloadDigest is { } digest ? bodies.GetValueOrDefault(digest) : null));
            all.UnionWith(digests);
            whole.UnionWith(theirs.Contains(row.InstanceId) ? digests : []);
        }
        int erased = 0;
        foreach (PayloadRow row in await db.Set<PayloadRow>().Where(x => all.Contains(x.Digest) && x.Body != null).ToListAsync(ct))
        {
            bool gone = whole.Contains(row.Digest) || (JsonNode.Parse(row.Body!) is JsonValue value && value.TryGetValue(out string? text) && person.Names(text));
            string? left = gone ? null : person.Redact(row.Body!);
            erased += left == row.Body ? 0 : 1;
            (row.Body, row.ErasedAt) = (left, gone ? recordedAt : row.ErasedAt);
        }
        return erased;
    }

    private static async Task RedactAsync(DbContext db, string unitId, Func<string, string> redact, CancellationToken ct)
    {
        foreach (RequestRow row in await db.Set<RequestRow>().Where(x => x.UnitId == unitId).ToListAsync(ct))
        {
            row.Answer = redact(row.Answer);
        }
        foreach (OutboxRow row in await db.Set<OutboxRow>().Where(x => x.UnitId == unitId).ToListAsync(ct))
        {
            row.Payload = redact(row.Payload);
        }
        foreach (EventRow row in await db.Set<EventRow>().Where(x => x.UnitId == unitId && x.Payload != null).ToListAsync(ct))
        {
            row.Payload = redact(row.Payload!);
        }
    }

    private static List<string> Digests(string text) => [.. Reference().Matches(text).Select(x => x.Groups[1].Value)];

    [GeneratedRegex("\"\\$erasable\":\\s*\"(sha256:[0-9a-f]{64})\"")]
    private static partial Regex Reference();
}
