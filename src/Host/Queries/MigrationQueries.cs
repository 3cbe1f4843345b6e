using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Migrating;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Migrations, why cases were left, and of those cases the ones that the caller may see.</summary>
public sealed class MigrationQueries(CaseDatabase database, IAccessEvaluator access)
{
    private const int MostReasons = 50;

    public async Task<MigrationView?> FindAsync(string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (await db.Migrations.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, ct) is not { } found)
        {
            return null;
        }

        var back = await db.Migrations.AsNoTracking().Where(x => x.Reverses == id).OrderByDescending(x => x.CreatedAt).Select(x => x.Id).FirstOrDefaultAsync(ct);
        return new MigrationView(found, OperationQueries.Item(await db.Operations.AsNoTracking().SingleAsync(x => x.Id == id, ct)), back);
    }

    /// <summary>Why cases were left as they were, the most frequent first.</summary>
    public async Task<IReadOnlyList<(string Words, int Cases)>> ReasonsAsync(string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var reasons = await db.Set<MigratedCase>().Where(x => x.MigrationId == id && !x.Moved).GroupBy(x => x.Words)
            .Select(group => new { Words = group.Key, Cases = group.Count() }).OrderByDescending(x => x.Cases).Take(MostReasons).ToListAsync(ct);
        return [.. reasons.Select(x => (x.Words ?? "", x.Cases))];
    }

    /// <summary>Null where the cursor is none of this list.</summary>
    public async Task<Page<MigratedCaseItem>?> CasesAsync(Caller caller, string id, bool moved, string? cursor, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 1, out var after))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var rows = db.Set<MigratedCase>().AsNoTracking().Where(x => x.MigrationId == id && x.Moved == moved);
        if (after is [var last])
        {
            rows = rows.Where(x => x.UnitId.CompareTo(last) > 0);
        }

        var found = await rows.Join(access.VisibleCases(db, caller), x => x.UnitId, file => file.Id, (row, file) => new { row.UnitId, file.Urn, row.Words })
            .OrderBy(x => x.UnitId).Take(Cursor.DefaultLimit + 1).ToListAsync(ct);
        var page = found.Take(Cursor.DefaultLimit).ToList();
        return new Page<MigratedCaseItem>([.. page.Select(x => new MigratedCaseItem(x.Urn, x.Words))], found.Count > page.Count ? Cursor.Write(page[^1].UnitId) : null);
    }
}

/// <param name="TakenBackBy">The migration that takes it back; null where nobody asked for that.</param>
public sealed record MigrationView(WorkflowMigration Migration, OperationItem Operation, string? TakenBackBy);

public sealed record MigratedCaseItem(string Urn, string? Words);
