using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Reads the journals of instances that run, many at once and without their lock.</summary>
public static class OpenJournals
{
    /// <summary>How many units have a running instance of the definition.</summary>
    public static Task<int> CountAsync(DbContext db, string definitionId, CancellationToken ct) => Running(db, definitionId).Select(i => i.UnitId).Distinct().CountAsync(ct);

    /// <summary>The next units by id, each with all its running instances of the definition.</summary>
    /// <param name="after">The last unit of the batch before; empty for the first.</param>
    public static async Task<IReadOnlyList<OpenInstance>> ReadAsync(DbContext db, string definitionId, string after, int units, CancellationToken ct)
    {
        List<string> next = await Running(db, definitionId).Where(i => i.UnitId.CompareTo(after) > 0)
            .Select(i => i.UnitId).Distinct().OrderBy(u => u).Take(units).ToListAsync(ct);
        var instances = await Running(db, definitionId).Where(i => next.Contains(i.UnitId)).Select(i => new { i.UnitId, i.Id }).ToListAsync(ct);
        ILookup<string, JournalLine> lines = await LinesAsync(db, [.. instances.Select(i => i.Id)], ct);
        Dictionary<string, int> places = next.Index().ToDictionary(n => n.Item, n => n.Index);
        return [.. instances.OrderBy(i => places[i.UnitId]).ThenBy(i => i.Id, StringComparer.Ordinal)
            .Select(i => new OpenInstance(i.UnitId, i.Id, [.. lines[i.Id].OrderBy(l => l.Sequence)]))];
    }

    private static IQueryable<InstanceRow> Running(DbContext db, string definitionId) => db.Set<InstanceRow>().AsNoTracking().Where(i => i.DefinitionId == definitionId && i.Running);

    private static async Task<ILookup<string, JournalLine>> LinesAsync(DbContext db, List<string> instances, CancellationToken ct)
    {
        var rows = await db.Set<JournalRow>().AsNoTracking().Where(j => instances.Contains(j.InstanceId))
            .Select(j => new { j.InstanceId, j.Sequence, j.DefinitionVersion, j.Stimulus, j.PayloadDigest }).ToListAsync(ct);
        List<string> digests = [.. rows.Select(r => r.PayloadDigest).OfType<string>().Distinct()];
        Dictionary<string, string?> payloads = digests.Count == 0 ? [] :
            await db.Set<PayloadRow>().AsNoTracking().Where(p => digests.Contains(p.Digest)).ToDictionaryAsync(p => p.Digest, p => p.Body, ct);
        return rows.ToLookup(
            r => r.InstanceId,
            r => new JournalLine(r.Sequence, r.DefinitionVersion, r.PayloadDigest is { } digest ? Payloads.Join(r.Stimulus, digest, payloads[digest]) : r.Stimulus));
    }
}

/// <summary>A running instance with all that it was told, in order.</summary>
public sealed record OpenInstance(string UnitId, string InstanceId, IReadOnlyList<JournalLine> Lines)
{
    public int Version => Lines[^1].Version;

    public IReadOnlyList<JournaledStimulus> Journal() => [.. Lines.Select(l => new JournaledStimulus(l.Sequence, l.Version, InstanceJson.ReadStimulus(l.Stimulus)))];
}

/// <param name="Stimulus">Its JSON, with the payload in place.</param>
public sealed record JournalLine(long Sequence, int Version, string Stimulus);
