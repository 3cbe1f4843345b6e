using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Assize.Identity.Sessions;

/// <summary>Sends the logout tokens that clients are owed, each until it is taken or an hour has passed. A client that missed one learns of the end by introspection.</summary>
[DisallowConcurrentExecution]
internal sealed class LogoutJob(IServiceScopeFactory scopes, IHttpClientFactory clients, LogoutTokens tokens, TimeProvider clock, ILogger<LogoutJob> log) : IJob
{
    public const string HttpName = nameof(LogoutJob);
    private const int AtOnce = 50;
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await SendDueAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or DbUpdateException)
        {
            log.LogWarning(failure, "Logout tokens could not be looked for; they are sent later.");
        }
    }

    public async Task SendDueAsync(CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        DateTimeOffset now = clock.GetUtcNow();
        List<LogoutNotice> due = await db.LogoutNotices.AsNoTracking().Where(notice => notice.DueAt <= now).OrderBy(notice => notice.DueAt).Take(AtOnce).ToListAsync(ct);
        List<LogoutNotice> ours = [];
        foreach (LogoutNotice notice in due)
        {
            // Claimed by moving it on: of several processes one sends.
            DateTimeOffset next = now + TimeSpan.FromSeconds(Math.Min(300, 5 << Math.Min(notice.Attempts, 6)));
            if (await db.LogoutNotices.Where(row => row.Id == notice.Id && row.DueAt == notice.DueAt)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, next).SetProperty(row => row.Attempts, row => row.Attempts + 1), ct) == 1)
            {
                ours.Add(notice);
            }
        }
        bool[] taken = await Task.WhenAll(ours.Select(notice => SendAsync(notice, ct)));
        string[] over = [.. ours.Where((notice, i) => taken[i] || notice.EndedAt + s_longest < now).Select(notice => notice.Id)];
        await db.LogoutNotices.Where(notice => over.Contains(notice.Id)).ExecuteDeleteAsync(ct);
    }

    private async Task<bool> SendAsync(LogoutNotice notice, CancellationToken ct)
    {
        try
        {
            using FormUrlEncodedContent form = new([new("logout_token", tokens.For(notice))]);
            using HttpResponseMessage answer = await clients.CreateClient(HttpName).PostAsync(notice.Address, form, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogInformation("The client {Client} could not be told of a sign-out; it is tried again.", notice.ClientId);
            return false;
        }
    }
}
