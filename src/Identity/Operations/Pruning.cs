using OpenIddict.Abstractions;
using Quartz;

namespace Assize.Identity.Operations;

/// <summary>Every hour, tokens and authorizations that ended more than a day ago go.</summary>
[DisallowConcurrentExecution]
internal sealed class PruneJob(IServiceScopeFactory scopes, TimeProvider clock) : IJob
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        DateTimeOffset threshold = clock.GetUtcNow() - s_kept;

        // Tokens first: an authorization with tokens left is kept.
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(threshold, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(threshold, cancellationToken);
    }
}

internal static class Pruning
{
    public static void AddPruning(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<PruneJob>(trigger => trigger
                .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromHours(1)).RepeatForever()));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
