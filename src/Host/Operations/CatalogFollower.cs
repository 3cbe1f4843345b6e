using Assize.Workflows.Storage;

namespace Assize.Host.Operations;

/// <summary>Runs the watch over published definitions and releases for as long as the host runs.</summary>
public sealed class CatalogFollower(CatalogWatch watch, ILogger<CatalogFollower> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await watch.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.JobFailed(log, nameof(CatalogFollower), failure);
                await Task.Delay(CatalogWatch.Pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
