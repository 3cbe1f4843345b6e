using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Storage;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Escalates reviews of challenged and emergency access that nobody made in time.</summary>
[DisallowConcurrentExecution]
public sealed class ReviewJob(EscalateReviews reviews, CaseDatabase database, ILogger<ReviewJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.CreateDbContext();
            await reviews.RunAsync(db, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(ReviewJob), failure);
        }
    }
}
