using Assize.Engine.Rehearsing;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Migrating;

/// <summary>Which cases a migration is to move.</summary>
internal static class PlannedCases
{
    /// <summary>Back go those that moved; forth, all that were rehearsed: a case that needs a mapping may have got one.</summary>
    /// <param name="reverses">The migration that is taken back; null where cases go forward.</param>
    public static IQueryable<string> Of(CaseDb db, string rehearsalId, string? reverses) => reverses is null
        ? db.Set<RehearsedCase>().Where(x => x.RehearsalId == rehearsalId && x.Class != (int)RehearsalClass.Stranded).Select(x => x.UnitId)
        : db.Set<MigratedCase>().Where(x => x.MigrationId == reverses && x.Moved).Select(x => x.UnitId);

    /// <summary>Of the migrations that go on for this workflow: the names of their operations; null where one of them is to move a case of this plan.</summary>
    public static async Task<IReadOnlyList<string>?> BesideAsync(CaseDb db, string workflow, IQueryable<string> planned, CancellationToken ct)
    {
        var open = await db.Migrations.AsNoTracking().Where(x => x.DefinitionId == workflow)
            .Join(db.Operations.Where(x => OperationState.Open.Contains(x.State)), x => x.Id, x => x.Id, (migration, operation) => new { migration.RehearsalId, migration.Reverses, operation.About }).ToListAsync(ct);
        foreach (var other in open)
        {
            IQueryable<string> theirs = Of(db, other.RehearsalId, other.Reverses);
            if (await planned.AnyAsync(x => theirs.Contains(x), ct))
            {
                return null;
            }
        }
        return [.. open.Select(x => x.About)];
    }
}
