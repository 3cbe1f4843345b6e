using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Host.Operations.Jobs;

/// <summary>Writes what this process noted about refusals on sealed cases, every second and once more at the end.</summary>
public sealed class RefusalWriter(SealedRefusals refusals, CaseDatabase database, ILogger<RefusalWriter> log) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        try
        {
            await refusals.WriteAsync(database, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // They stay noted until the database is back.
            Log.JobFailed(log, nameof(RefusalWriter), failure);
        }
    }
}
