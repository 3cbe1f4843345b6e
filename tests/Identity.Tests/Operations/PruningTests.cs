using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Operations;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using Xunit;

namespace Assize.Identity.Tests.Operations;

public sealed class PruningTests
{
    private const string Sam = "sam.carter@merseyside-police";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Prune_TakesWhatIsOver_AfterADay_AndNothingThatIsInUse(DatabaseKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateEmptyAsync(kind);
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { Database = kind == DatabaseKind.Postgres ? database.ConnectionString : null });
        using Browser browser = new(server);
        JsonObject tokens = await browser.TokensAsync(Sam);
        await browser.RedeemAsync(await browser.CodeAsync(Sam), new string('w', 64));
        await server.HostTokenAsync();

        await PruneAsync(server, TimeSpan.Zero);
        Rows today = await RowsAsync(server);
        await PruneAsync(server, TimeSpan.FromDays(2));
        Rows later = await RowsAsync(server);

        Assert.True(today is { Redeemed: > 0, Spent: > 0, Failures: > 0, Sessions: > 0 }, today.ToString());
        Assert.Equal((0, 0, 0, today.Sessions), (later.Redeemed, later.Spent, later.Failures, later.Sessions));
        Assert.True((bool)(await server.IntrospectAsync((string)tokens["access_token"]!))["active"]!);
        await PruneAsync(server, TimeSpan.FromDays(31));
        Assert.Equal(0, (await RowsAsync(server)).Sessions);
    }

    [Fact]
    public async Task Prune_KeepsASpentRefreshToken_SoThatItsReuseStillEndsTheFamily()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using Browser browser = new(server);
        JsonObject first = await browser.TokensAsync(Sam, "openid api offline_access");
        (_, JsonObject second) = await browser.RefreshAsync((string)first["refresh_token"]!);

        await PruneAsync(server, TimeSpan.FromHours(8));
        await browser.RefreshAsync((string)first["refresh_token"]!);

        (HttpStatusCode status, _) = await browser.RefreshAsync((string)second["refresh_token"]!);
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Prune_TakesAnswers_AfterSevenDays(DatabaseKind kind)
    {
        await using AdminServer admin = await AdminServer.StartAsync(kind);
        object team = new { name = "Night shift", reason = AdminServer.Reason };
        (HttpStatusCode status, JsonObject first) = await admin.SendAsync(AdminServer.Carol, "POST", "/teams", team, "night");
        Assert.True((int)status < 300, first.ToJsonString());

        await PruneAsync(admin.Server, TimeSpan.FromDays(6.9));
        (_, JsonObject again) = await admin.SendAsync(AdminServer.Carol, "POST", "/teams", team, "night");
        await PruneAsync(admin.Server, TimeSpan.FromDays(7.1));

        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(0, await admin.ReadAsync(db => db.StoredAnswers.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Server_PrunesByItself_WithoutBeingTold()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        await using (RunningServer before = await RunningServer.StartAsync(folder: folder))
        {
            await using AsyncServiceScope scope = before.Services.CreateAsyncScope();
            IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            db.AddRange(
                new SpentToken { Id = "over", ExpiresAt = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds() },
                new SpentToken { Id = "in use", ExpiresAt = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds() });
            await db.SaveChangesAsync(ct);
        }

        await using (RunningServer after = await RunningServer.StartAsync(folder: folder))
        {
            await using AsyncServiceScope scope = after.Services.CreateAsyncScope();
            DbSet<SpentToken> kept = scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<SpentToken>();
            for (DateTimeOffset latest = DateTimeOffset.UtcNow.AddSeconds(120); await kept.AnyAsync(token => token.Id == "over", ct); await Task.Delay(50, ct))
            {
                Assert.True(DateTimeOffset.UtcNow < latest, "Expected the server to prune after its start, but it did not.");
            }
            Assert.True(await kept.AnyAsync(token => token.Id == "in use", ct));
        }
        folder.Delete(recursive: true);
    }

    private static Task PruneAsync(RunningServer server, TimeSpan later) =>
        new PruneJob(server.Services.GetRequiredService<IServiceScopeFactory>(), new Later(later), NullLogger<PruneJob>.Instance).PruneAsync(TestContext.Current.CancellationToken);

    private static async Task<Rows> RowsAsync(RunningServer server)
    {
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        CancellationToken ct = TestContext.Current.CancellationToken;
        return new Rows(
            await db.Set<OpenIddictEntityFrameworkCoreToken>().CountAsync(token => token.Status == "redeemed", ct), await db.Set<SpentToken>().CountAsync(ct),
            await db.Set<CodeFailure>().CountAsync(ct), await db.Sessions.CountAsync(ct));
    }

    private sealed record Rows(int Redeemed, int Spent, int Failures, int Sessions);

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + by;
    }
}
