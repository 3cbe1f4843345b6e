using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <summary>The lists in force: ours with what was imported over them, kept in memory until an import changes the version.</summary>
public sealed class ReferenceStore
{
    private readonly ConditionalWeakTable<UnitSession, ReferenceData> _used = [];
    private volatile Snapshot _current = new(0, EmbeddedReference.Data);

    /// <summary>Whether a prosecuting authority that is listed as no agency's may be anybody's. A demonstration takes published examples, whose forces are not enrolled.</summary>
    public bool TakesUnlistedAuthorities { get; init; }

    /// <summary>The lists of one command: the same from its first step to its last, and asked for once.</summary>
    public async Task<ReferenceData> OfAsync(UnitSession session, CancellationToken ct)
    {
        if (!_used.TryGetValue(session, out ReferenceData? data))
        {
            data = await CurrentAsync(session.Db, ct);
            _used.Add(session, data);
        }

        return data;
    }

    /// <summary>Costs one statement, and a second after an import.</summary>
    public async Task<ReferenceData> CurrentAsync(DbContext db, CancellationToken ct)
    {
        long version = await db.Set<ReferenceVersion>().Select(row => (long?)row.Version).SingleOrDefaultAsync(ct) ?? 0;
        if (_current is { } snapshot && snapshot.Version == version)
        {
            return snapshot.Data;
        }

        List<ReferenceRow> rows = await db.Set<ReferenceRow>().AsNoTracking().ToListAsync(ct);
        Snapshot loaded = new(version, EmbeddedReference.Data.With(rows.Select(Item)));
        _current = loaded;
        return loaded.Data;
    }

    private static ReferenceItem Item(ReferenceRow row) => new(
        row.List, row.Code, row.FromDay == DateOnly.MinValue ? null : row.FromDay, row.ToDay, JsonNode.Parse(row.Detail)!.AsObject());

    private sealed record Snapshot(long Version, ReferenceData Data);
}
