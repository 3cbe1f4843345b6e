using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Quartz;

namespace Assize.Identity.Operations;

/// <summary>
/// Every hour, what ended more than a day ago goes: tokens, authorizations, and what was kept against replays. A spent refresh token is kept for that day,
/// which is longer than any lives, or its reuse would look like a token that never was. Sessions stay for thirty days, to be looked up. An answer is kept for
/// seven days under its key: longer than anybody repeats a request, and what it said of people goes.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class PruneJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PruneJob> log) : IJob
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_sessionsKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_answersKept = TimeSpan.FromDays(7);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await PruneAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is AggregateException or System.Data.Common.DbException or DbUpdateException)
        {
            log.LogWarning(failure, "Not everything that is over could be removed; the next hour tries again.");
        }
    }

    public async Task PruneAsync(CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        DateTimeOffset now = clock.GetUtcNow();

        // Tokens first: an authorization with tokens left is kept.
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - s_kept, ct);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - s_kept, ct);

        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        long seconds = now.ToUnixTimeSeconds(), dayAgo = (now - s_kept).ToUnixTimeSeconds();
        await db.Set<SpentToken>().Where(token => token.ExpiresAt < seconds).ExecuteDeleteAsync(ct);
        await db.Set<CodeFailure>().Where(failure => failure.At < dayAgo).ExecuteDeleteAsync(ct);
        DateTimeOffset old = now - s_sessionsKept;
        await db.Sessions.Where(session => session.ExpiresAt < old).ExecuteDeleteAsync(ct);
        DateTimeOffset answered = now - s_answersKept;
        await db.StoredAnswers.Where(answer => answer.At < answered).ExecuteDeleteAsync(ct);
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
