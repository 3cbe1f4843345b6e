using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <summary>The lists in force: ours with what was imported over them, and in their place those versions that are published here, from their first legal day on. Kept in memory until the version row changes.</summary>
public sealed class ReferenceStore
{
    private readonly ConditionalWeakTable<UnitSession, ReferenceSnapshot> _used = [];
    private volatile ReferenceSnapshot _current = new(0, EmbeddedReference.Data, []);

    /// <summary>Whether a prosecuting authority that is listed as no agency's may be anybody's. A demonstration takes published examples, whose forces are not enrolled.</summary>
    public bool TakesUnlistedAuthorities { get; init; }

    /// <summary>The lists of one command: the same from its first step to its last, and asked for once.</summary>
    /// <param name="day">The legal date of the case or prosecution, where it has one; otherwise business today counts.</param>
    public async Task<ReferenceData> OfAsync(UnitSession session, CancellationToken ct, DateOnly? day = null)
    {
        if (!_used.TryGetValue(session, out ReferenceSnapshot? used))
        {
            used = await SnapshotAsync(session.Db, ct);
            _used.Add(session, used);
        }

        return used.On(day ?? LondonTime.DayOf(session.Now));
    }

    /// <summary>Costs one statement, and two more after an import or a publication.</summary>
    /// <param name="day">The day whose versions count; today if absent.</param>
    public async Task<ReferenceData> CurrentAsync(DbContext db, CancellationToken ct, DateOnly? day = null) =>
        (await SnapshotAsync(db, ct)).On(day ?? LondonTime.DayOf(TimeProvider.System.GetUtcNow()));

    private async Task<ReferenceSnapshot> SnapshotAsync(DbContext db, CancellationToken ct)
    {
        long version = await db.Set<ReferenceVersion>().Select(row => (long?)row.Version).SingleOrDefaultAsync(ct) ?? 0;
        ReferenceSnapshot current = _current;
        if (current.Version != version)
        {
            List<ReferenceRow> rows = await db.Set<ReferenceRow>().AsNoTracking().ToListAsync(ct);
            List<string> published = await db.Set<PublishedResource>().AsNoTracking().Where(x => x.Kind == RuleName.List).Select(x => x.Text).ToListAsync(ct);
            _current = current = new ReferenceSnapshot(version, EmbeddedReference.Data.With(rows.Select(Item)), [.. published.Select(CodeList.Read)]);
        }

        return current;
    }

    private static ReferenceItem Item(ReferenceRow row) => new(
        row.List, row.Code, row.FromDay == DateOnly.MinValue ? null : row.FromDay, row.ToDay, JsonNode.Parse(row.Detail)!.AsObject());
}
