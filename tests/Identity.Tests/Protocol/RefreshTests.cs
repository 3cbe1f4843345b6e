using System.Net;
using System.Text.Json.Nodes;
using Assize.TestKit.Databases;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Xunit;

namespace Assize.Identity.Tests.Protocol;

public sealed class RefreshTests
{
    private const string Sam = "sam.carter@merseyside-police";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Refresh_ByTwentyAtOnce_SucceedsOnce_AndTheFamilyIsOver(DatabaseKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateEmptyAsync(kind);
        await using RunningServer server = await RunningServer.StartAsync(change: settings =>
            kind == DatabaseKind.Postgres ? settings with { Database = database.ConnectionString, RequestsPerSubject = 10_000 } : settings with { RequestsPerSubject = 10_000 });
        using Browser browser = new(server);

        for (int round = 0; round < 5; round++)
        {
            string refresh = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;

            (HttpStatusCode Status, JsonObject Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.RefreshAsync(refresh)));

            JsonObject winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK).Body;
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal("invalid_grant", (string)answer.Body["error"]!));
            Assert.False((bool)(await server.IntrospectAsync((string)winner["access_token"]!))["active"]!);
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.RefreshAsync((string)winner["refresh_token"]!)).Status);
        }
    }

    [Fact]
    public async Task Refresh_ShownAgain_WhileWhoeverSpentItHasYetToStoreTokens_EndsThoseToo()
    {
        TaskCompletionSource spent = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningServer server = await RunningServer.StartAsync(adjust: builder => builder.Services.AddOpenIddict().AddServer(options => options.AddEventHandler(
            OpenIddictServerHandlerDescriptor.CreateBuilder<OpenIddictServerEvents.ProcessSignInContext>().UseInlineHandler(async context =>
            {
                if (context.Request?.IsRefreshTokenGrantType() == true)
                {
                    spent.TrySetResult();
                    await goOn.Task;
                }
            }).SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order + 1).Build())));
        using Browser browser = new(server);
        string refresh = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;

        Task<(HttpStatusCode Status, JsonObject Body)> first = browser.RefreshAsync(refresh);
        await spent.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        (HttpStatusCode again, JsonObject refusal) = await browser.RefreshAsync(refresh);
        goOn.SetResult();
        (HttpStatusCode won, JsonObject tokens) = await first;

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant", HttpStatusCode.OK), (again, (string)refusal["error"]!, won));
        Assert.False((bool)(await server.IntrospectAsync((string)tokens["access_token"]!))["active"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.RefreshAsync((string)tokens["refresh_token"]!)).Status);
    }

    [Fact]
    public async Task Refresh_OneAfterAnother_GoesOn_UntilAnOldOneComesBack()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using Browser browser = new(server);
        string first = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;

        (_, JsonObject second) = await browser.RefreshAsync(first);
        (_, JsonObject third) = await browser.RefreshAsync((string)second["refresh_token"]!);
        Assert.True((bool)(await server.IntrospectAsync((string)third["access_token"]!))["active"]!);
        (HttpStatusCode stolen, _) = await browser.RefreshAsync(first);

        Assert.Equal(HttpStatusCode.BadRequest, stolen);
        Assert.False((bool)(await server.IntrospectAsync((string)third["access_token"]!))["active"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.RefreshAsync((string)third["refresh_token"]!)).Status);
    }

    [Fact]
    public async Task Refresh_NeverOutlivesTheSession_HoweverOftenItIsRenewed()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        await using RunningServer server = await RunningServer.StartAsync(adjust: builder => builder.Services.AddFakeClock(clock));
        using Browser browser = new(server);
        string refresh = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;

        int renewed = 0;
        for (int hour = 0; hour < 12; hour++)
        {
            clock.Advance(TimeSpan.FromMinutes(59));
            (HttpStatusCode status, JsonObject body) = await browser.RefreshAsync(refresh);
            if (status != HttpStatusCode.OK)
            {
                break;
            }
            renewed++;
            refresh = (string)body["refresh_token"]!;
        }

        Assert.Equal(8, renewed);
    }

    [Fact]
    public async Task Code_TriedWithThreeWrongVerifiers_IsBurnt()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using Browser browser = new(server);
        string twice = await browser.CodeAsync(Sam);
        string thrice = await browser.CodeAsync(Sam);
        string wrong = new('w', 64);

        for (int attempt = 0; attempt < 3; attempt++)
        {
            await browser.RedeemAsync(thrice, wrong);
            if (attempt < 2)
            {
                await browser.RedeemAsync(twice, wrong);
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.RedeemAsync(twice)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.RedeemAsync(thrice)).Status);
    }
}
