using Quartz;

namespace Assize.Host.Access;

/// <summary>Pulls the directory every two seconds: with it a leaver loses access within five.</summary>
[DisallowConcurrentExecution]
public sealed class DirectoryJob(DirectoryReader reader, ILogger<DirectoryJob> log) : IJob
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await reader.PullAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException or InvalidOperationException or System.Data.Common.DbException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The last copy stands until the identity server or the database is back.
            log.LogWarning(failure, "The directory could not be read; the copy we have stands.");
        }
    }

    public static void Schedule(IQuartzBuilder quartz) => quartz.ScheduleJob<DirectoryJob>(trigger => trigger
        .WithIdentity("directory")
        .WithSimpleSchedule(schedule => schedule.WithInterval(s_pause).RepeatForever()));
}
