using Assize.Audit;
using Assize.Identity.Storage;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Xunit;

namespace Assize.Identity.Tests.Audit;

/// <summary>A running server seals what it wrote, every second and without being told.</summary>
public sealed class SealingTests
{
    private const string Sam = "sam.carter@merseyside-police";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Server_SealsWhatASignInWrote(DatabaseKind kind)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using TestDatabase database = await TestDatabase.CreateEmptyAsync(kind);
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { Database = kind == DatabaseKind.Postgres ? database.ConnectionString : null });
        using Browser browser = new(server);
        string sid = (string)(await server.IntrospectAsync(await browser.TokenAsync(Sam)))["sid"]!;
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        IQueryable<AuditEntry> written = scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectId == sid);

        AuditEntry entry = await written.SingleAsync(ct);
        for (DateTimeOffset latest = DateTimeOffset.UtcNow.AddSeconds(30); entry.Sequence is null; entry = await written.SingleAsync(ct))
        {
            Assert.True(DateTimeOffset.UtcNow < latest, "Expected the entry to be sealed, but it was not.");
            await Task.Delay(20, ct);
        }

        IScheduler scheduler = await server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
        ISimpleTrigger trigger = Assert.IsType<ISimpleTrigger>(await scheduler.GetTrigger(new TriggerKey("audit"), ct), exactMatch: false);
        Assert.Equal((TimeSpan.FromSeconds(1), -1), (trigger.RepeatInterval, trigger.RepeatCount));
        Assert.Equal("session.start", entry.Action);
    }
}
