using Assize.Workflows.Audit;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Seals what was committed since its last turn, and signs the roots that are due. Clustered: any host may run it, one at a time does.</summary>
[DisallowConcurrentExecution]
public sealed class AuditJob(AuditSealer sealer, AuditRoots roots, ILogger<AuditJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await sealer.RunAsync(cancellationToken);
            await roots.RunAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(AuditJob), failure);
        }
    }
}
