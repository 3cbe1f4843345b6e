using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Practice;

/// <summary>Deletes practice cases with all that they made: on request, and when their days are over. Of nothing else is ever a row deleted here.</summary>
public sealed class DeletePractice(IAccessEvaluator access, TimeProvider clock)
{
    private const int AtOnce = 50;

    /// <returns>False where there is no such practice case of the caller's agency.</returns>
    public async Task<bool> RunAsync(CaseDb db, Caller caller, string caseId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!(await access.CheckAsync(db, caller, AccessActions.RunPractice, AccessTarget.None, ct)).Allowed
            || await db.Set<PracticeCase>().AsNoTracking().SingleOrDefaultAsync(x => x.CaseId == caseId && x.Agency == caller.Agency, ct) is not { } practice)
        {
            return false;
        }
        await DeleteAsync(db, caller, [practice], ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Those whose days are over; gives how many they were.</summary>
    public async Task<int> SweepAsync(CaseDb db, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        List<PracticeCase> over = await db.Set<PracticeCase>().AsNoTracking().Where(x => x.KeptUntil <= now).OrderBy(x => x.KeptUntil).Take(AtOnce).ToListAsync(ct);
        if (over.Count > 0)
        {
            await DeleteAsync(db, Caller.Assize, over, ct);
            await transaction.CommitAsync(ct);
        }
        return over.Count;
    }

    private async Task DeleteAsync(CaseDb db, Caller caller, List<PracticeCase> practices, CancellationToken ct)
    {
        await PracticeRows.DeleteAsync(db, [.. practices.Select(practice => practice.CaseId)], ct);
        foreach (PracticeCase practice in practices)
        {
            PracticeAudit.RecordDeleted(db, caller, practice, clock);
        }
        await db.SaveChangesAsync(ct);
    }
}
