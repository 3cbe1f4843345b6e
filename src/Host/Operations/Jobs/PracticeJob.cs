using Assize.Workflows.Practice;
using Assize.Workflows.Storage;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Deletes practice cases whose days are over.</summary>
[DisallowConcurrentExecution]
public sealed class PracticeJob(DeletePractice delete, CaseDatabase database, ILogger<PracticeJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.CreateDbContext();
            while (await delete.SweepAsync(db, cancellationToken) > 0)
            {
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(PracticeJob), failure);
        }
    }
}
