using Assize.Workflows.Operations;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Brings long work on, one operation at a time, in turns of some seconds so that each gets on.</summary>
[DisallowConcurrentExecution]
public sealed class OperationJob(RunOperations operations, ILogger<OperationJob> log) : IJob
{
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && await operations.RunTurnAsync(s_turn, cancellationToken))
            {
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(OperationJob), failure);
        }
    }
}
