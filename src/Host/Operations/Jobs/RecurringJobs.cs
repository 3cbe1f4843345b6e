using Assize.Host.Access;
using Quartz;

namespace Assize.Host.Operations.Jobs;

/// <summary>Every recurring job of the host: in memory beside SQLite, clustered in the database on PostgreSQL.</summary>
public static class RecurringJobs
{
    public static IServiceCollection AddRecurringJobs(this IServiceCollection services, HostSettings settings)
    {
        services.AddQuartz(quartz =>
        {
            if (settings.UsesPostgres)
            {
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(settings.CaseConnection);
                    store.UseSystemTextJsonSerializer();
                    store.UseClustering();
                    store.ProvisionSchema();
                });
            }
            else
            {
                quartz.UseInMemoryStore();
            }

            Every<TimerJob>(quartz, "timers", TimeSpan.FromSeconds(1));
            Every<StartJob>(quartz, "starts", TimeSpan.FromSeconds(1));
            Every<OutboxJob>(quartz, "outbox", TimeSpan.FromSeconds(1));
            Every<AuditJob>(quartz, "audit", TimeSpan.FromSeconds(1));
            Every<OperationJob>(quartz, "operations", TimeSpan.FromSeconds(1));
            Every<ReleaseJob>(quartz, "releases", TimeSpan.FromSeconds(2));
            Every<ReviewJob>(quartz, "reviews", TimeSpan.FromMinutes(5));
            Every<PracticeJob>(quartz, "practice", TimeSpan.FromHours(1));
            DirectoryJob.Schedule(quartz);
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    private static void Every<TJob>(IQuartzBuilder quartz, string name, TimeSpan pause) where TJob : IJob => quartz.ScheduleJob<TJob>(trigger => trigger
        .WithIdentity(name)
        .WithSimpleSchedule(schedule => schedule.WithInterval(pause).RepeatForever()));
}
