using Assize.Engine.Storage;
using Assize.Workflows.Releasing;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>How the cases fare that began on a release, by their journals.</summary>
/// <param name="Broken">Cases with an open incident, whichever of their workflows has it.</param>
/// <param name="Late">Cases with a task that is open after its due instant.</param>
public sealed record ReleaseFigures(int Started, int Broken, int Late)
{
    /// <param name="business">Business now: due instants are business time.</param>
    public static async Task<ReleaseFigures> OfAsync(CaseDb db, WorkflowRelease release, DateTimeOffset business, CancellationToken ct)
    {
        IQueryable<string> units = db.Set<JournalRow>().Where(x => x.DefinitionId == release.DefinitionId && x.Release == release.Number).Select(x => x.UnitId).Distinct();
        return new ReleaseFigures(
            await units.CountAsync(ct),
            await db.Set<InstanceRow>().Where(x => x.Incidents > 0 && units.Contains(x.UnitId)).Select(x => x.UnitId).Distinct().CountAsync(ct),
            await db.Tasks.Where(x => (x.State == TaskState.Open || x.State == TaskState.Claimed) && x.DueAt < business && units.Contains(x.UnitId))
                .Select(x => x.UnitId).Distinct().CountAsync(ct));
    }
}
