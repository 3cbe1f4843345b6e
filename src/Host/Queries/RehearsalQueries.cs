using Assize.Engine.Storage;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Rehearsals, their reasons, and of their cases those that the caller may see.</summary>
public sealed class RehearsalQueries(CaseDatabase database, IAccessEvaluator access)
{
    private const int MostReasons = 50;

    public async Task<RehearsalView?> FindAsync(string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Rehearsals.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, ct) is { } found ? await ViewAsync(db, found, ct) : null;
    }

    /// <summary>The newest rehearsal of exactly this text.</summary>
    public async Task<RehearsalView?> NewestAsync(string definitionId, string hash, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var found = await db.Rehearsals.AsNoTracking().Where(x => x.DefinitionId == definitionId && x.Hash == hash).OrderByDescending(x => x.CreatedAt).FirstOrDefaultAsync(ct);
        return found is null ? null : await ViewAsync(db, found, ct);
    }

    /// <summary>The texts that its cases would move from and to.</summary>
    public async Task<PlannedVersions> VersionsAsync(WorkflowRehearsal rehearsal, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await PlannedVersions.ReadAsync(db, rehearsal, ct);
    }

    /// <summary>Why cases are of a class, the most frequent first.</summary>
    public async Task<IReadOnlyList<RehearsalReason>> ReasonsAsync(string id, int kind, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var reasons = await db.Set<RehearsedCase>().Where(x => x.RehearsalId == id && x.Class == kind).GroupBy(x => new { x.ActivityId, x.Words })
            .Select(group => new { group.Key.ActivityId, group.Key.Words, Cases = group.Count() })
            .OrderByDescending(x => x.Cases).ThenBy(x => x.Words).Take(MostReasons).ToListAsync(ct);
        return [.. reasons.Select(x => new RehearsalReason(x.ActivityId, x.Words, x.Cases))];
    }

    /// <summary>Null where the cursor is none of this list.</summary>
    public async Task<Page<RehearsalCaseItem>?> CasesAsync(Caller caller, string id, int kind, string? cursor, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 1, out var after))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var rows = db.Set<RehearsedCase>().AsNoTracking().Where(x => x.RehearsalId == id && x.Class == kind);
        if (after is [var last])
        {
            rows = rows.Where(x => x.UnitId.CompareTo(last) > 0);
        }

        var found = await rows.Join(access.VisibleCases(db, caller), x => x.UnitId, file => file.Id, (row, file) => new { row.UnitId, file.Urn, row.Version, row.Words })
            .OrderBy(x => x.UnitId).Take(Cursor.DefaultLimit + 1).ToListAsync(ct);
        var page = found.Take(Cursor.DefaultLimit).ToList();
        return new Page<RehearsalCaseItem>([.. page.Select(x => new RehearsalCaseItem(x.Urn, x.Version, x.Words))], found.Count > page.Count ? Cursor.Write(page[^1].UnitId) : null);
    }

    private static async Task<RehearsalView> ViewAsync(CaseDb db, WorkflowRehearsal found, CancellationToken ct) =>
        new(found, OperationQueries.Item(await db.Operations.AsNoTracking().SingleAsync(x => x.Id == found.Id, ct)))
        {
            IsPublished = await db.Set<DefinitionRow>().AnyAsync(x => x.Id == found.DefinitionId && x.Version == found.Version && x.Hash == found.Hash, ct),
        };
}

public sealed record RehearsalView(WorkflowRehearsal Rehearsal, OperationItem Operation)
{
    /// <summary>True where what was rehearsed is published as it was rehearsed: cases move to nothing else.</summary>
    public bool IsPublished { get; init; }

    /// <summary>True where every open case was looked at.</summary>
    public bool IsOver => Operation.State == OperationState.Completed;
}

/// <param name="ActivityId">The step where they part; null where they do not.</param>
public sealed record RehearsalReason(string? ActivityId, string Words, int Cases);

public sealed record RehearsalCaseItem(string Urn, int Version, string Words);
