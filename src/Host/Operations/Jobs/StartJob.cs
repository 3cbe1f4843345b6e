using Assize.Engine.Commands;
using Assize.Workflows.Storage;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Sends on their way the workflows that begin by the business clock.</summary>
[DisallowConcurrentExecution]
public sealed class StartJob(StartPump pump, CaseDatabase database, BusinessClock clock, ILogger<StartJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            while (await pump.RunOnceAsync(database.CreateDbContext, clock.GetUtcNow(), cancellationToken) > 0)
            {
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(StartJob), failure);
        }
    }
}
