using Assize.Engine.Commands;
using Assize.Workflows.Storage;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Fires what is due at business time. Clustered: any host may run it, one at a time does.</summary>
[DisallowConcurrentExecution]
public sealed class TimerJob(TimerPump pump, CaseDatabase database, BusinessClock clock, ILogger<TimerJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            TimerRound round;
            do
            {
                round = await pump.RunOnceAsync(database.CreateDbContext, clock.GetUtcNow(), cancellationToken);
                foreach (var unit in round.Broken)
                {
                    Log.TimerBroken(log, unit);
                }
            }
            while (round.Fired > 0);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(TimerJob), failure);
        }
    }
}
