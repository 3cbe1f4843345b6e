using Assize.Host.Operations;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Releases of workflows, and how their cases fare.</summary>
public sealed class ReleaseQueries(CaseDatabase database, TermsCheck terms, BusinessClock clock)
{
    private static readonly TimeSpan ToldFor = TimeSpan.FromDays(14);

    /// <summary>All releases, the newest first.</summary>
    public async Task<IReadOnlyList<ReleaseLine>> ListAsync(string definitionId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        List<ReleaseLine> lines = [];
        foreach (var release in await db.Releases.AsNoTracking().Where(x => x.DefinitionId == definitionId).OrderByDescending(x => x.Number).ToListAsync(ct))
        {
            lines.Add(new ReleaseLine(release, await ReleaseFigures.OfAsync(db, release, clock.GetUtcNow(), ct)));
        }

        return lines;
    }

    /// <summary>Releases that stopped by themselves lately, of workflows for which nothing was released since.</summary>
    public async Task<IReadOnlyList<WorkflowRelease>> StoppedAsync(CancellationToken ct)
    {
        var since = TimeProvider.System.GetUtcNow() - ToldFor;
        await using var db = database.CreateDbContext();
        return await db.Releases.AsNoTracking()
            .Where(x => x.State == ReleaseState.Stopped && x.EndedByName == "Assize" && x.EndedAt > since
                && !db.Releases.Any(later => later.DefinitionId == x.DefinitionId && later.Number > x.Number))
            .OrderBy(x => x.DefinitionId).ToListAsync(ct);
    }

    public async Task<ReleaseChoices> ChoicesAsync(CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await terms.ChoicesAsync(db, ct);
    }
}

public sealed record ReleaseLine(WorkflowRelease Release, ReleaseFigures Figures);
