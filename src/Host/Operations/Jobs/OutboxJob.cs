using Assize.Engine.Commands;
using Assize.Workflows.Storage;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Delivers what commands left to be delivered after their commit.</summary>
[DisallowConcurrentExecution]
public sealed class OutboxJob(OutboxDispatcher dispatcher, CaseDatabase database, BusinessClock clock, ILogger<OutboxJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            while (await dispatcher.RunOnceAsync(database.CreateDbContext, clock.GetUtcNow(), cancellationToken) > 0)
            {
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(OutboxJob), failure);
        }
    }
}
