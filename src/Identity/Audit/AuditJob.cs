using Quartz;

namespace Assize.Identity.Audit;

/// <summary>Seals within a second what was saved, and signs the roots that are due. Several servers take turns on the stream's row.</summary>
[DisallowConcurrentExecution]
internal sealed class AuditJob(IServiceScopeFactory scopes) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        AuditSealer sealer = scope.ServiceProvider.GetRequiredService<AuditSealer>();
        await sealer.SealAsync(cancellationToken);
        await sealer.SignAsync(cancellationToken);
    }
}

internal static class Auditing
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditKeys>();
        services.AddScoped<AuditSealer>();
        services.AddScoped<AuditExport>().AddScoped<AuditSearch>();
        services.AddQuartz(quartz => quartz.ScheduleJob<AuditJob>(trigger => trigger
            .WithIdentity("audit").WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(1)).RepeatForever())));
    }
}
