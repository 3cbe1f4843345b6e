using System.Globalization;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Releasing;

/// <summary>Stops a release whose cases run into more incidents, or have more late tasks, than it allows. New cases take what they took before; the process owners are told on their pages.</summary>
public sealed class WatchReleases(RuleCatalog rules, TimeProvider clock)
{
    /// <param name="business">Business now.</param>
    /// <returns>The releases that were stopped in this turn.</returns>
    public async Task<IReadOnlyList<WorkflowRelease>> RunAsync(CaseDb db, DateTimeOffset business, CancellationToken ct)
    {
        List<WorkflowRelease> stopped = [];
        foreach (WorkflowRelease watched in await db.Releases.AsNoTracking()
            .Where(x => x.State == ReleaseState.Live && (x.IncidentLimit != null || x.LateLimit != null)).ToListAsync(ct))
        {
            if (Reason(watched, await ReleaseFigures.OfAsync(db, watched, business, ct)) is { } reason && await StopAsync(db, watched, reason, business, ct) is { } release)
            {
                stopped.Add(release);
            }
        }
        return stopped;
    }

    private static string? Reason(WorkflowRelease release, ReleaseFigures figures) =>
        figures.Broken >= release.IncidentLimit ? string.Create(CultureInfo.InvariantCulture, $"It stopped by itself: of {figures.Started} cases {figures.Broken} have an incident, and it allows fewer than {release.IncidentLimit}.")
        : figures.Late >= release.LateLimit ? string.Create(CultureInfo.InvariantCulture, $"It stopped by itself: of {figures.Started} cases {figures.Late} have a late task, and it allows fewer than {release.LateLimit}.")
        : null;

    private async Task<WorkflowRelease?> StopAsync(CaseDb db, WorkflowRelease watched, string reason, DateTimeOffset business, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        ReleaseBook book = await ReleaseBook.OpenAsync(db, watched.DefinitionId, ct);
        if (book.Find(watched.Number) is not { State: ReleaseState.Live } release)
        {
            return null;
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        book.End(release, Caller.Assize.DisplayName, now, reason);
        if (!book.Plan.CoversEverything)
        {
            db.ChangeTracker.Clear();
            return null;
        }
        await PublishedVersions.BeginAsync(db, release.DefinitionId, book.Plan, business, ct);
        DraftAudit.Record(db, Caller.Assize, AccessActions.ApprovePublication, release.DefinitionId, now, new { stopped = release.Number, release.Version, reason });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return release;
    }
}
