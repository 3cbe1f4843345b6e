using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Stops releases whose cases fare worse than they allow, and lets those whose first day has come begin what events and clocks begin.</summary>
[DisallowConcurrentExecution]
public sealed class ReleaseJob(WatchReleases watch, FollowReleases follow, CaseDatabase database, BusinessClock clock, ILogger<ReleaseJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.CreateDbContext();
            foreach (var release in await watch.RunAsync(db, clock.GetUtcNow(), cancellationToken))
            {
                Log.ReleaseStopped(log, release.DefinitionId, release.Number, release.EndedReason ?? "");
            }

            await follow.RunAsync(db, clock.GetUtcNow(), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(ReleaseJob), failure);
        }
    }
}
