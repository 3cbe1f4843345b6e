using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Identity.Tests.Sessions;

/// <summary>The machine's clock is put back: what was ended, spent or taken away stays so.</summary>
public sealed class ServerClockTests : IAsyncLifetime
{
    private const string Sam = "sam.carter@merseyside-police";
    private const string Carol = "carol.whitfield@merseyside-police";

    // A little behind the real one, by which Host's assertions are made: they are good for at most ten minutes from any clock here.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow.AddHours(-2));
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(adjust: builder => builder.Services.AddFakeClock(_clock));
        _clock.Advance(TimeSpan.FromMinutes(112));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Session_ThatWasEnded_StaysEnded_WithItsTokensAndItsCookie()
    {
        using Browser browser = new(_server);
        JsonObject tokens = await browser.TokensAsync(Sam, "openid api offline_access");
        _clock.Advance(TimeSpan.FromMinutes(4));
        await _server.EndSessionsAsync(Sam);

        PutBack();

        Assert.False((bool)(await _server.IntrospectAsync((string)tokens["access_token"]!))["active"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.RefreshAsync((string)tokens["refresh_token"]!)).Status);
        using HttpResponseMessage again = await browser.GetAsync(Browser.AuthorizeUrl(("prompt", "none")));
        Assert.Contains("error=login_required", again.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspension_EndsASessionThatBeganByAClockThatWasAhead_AndReactivationRevivesItNot()
    {
        using Browser browser = new(_server);
        string token = await browser.TokenAsync(Sam);
        _clock.Advance(TimeSpan.FromMinutes(4));

        PutBack();
        await WithDirectoryAsync(directory => directory.SetStatusAsync(Sam, AccountStatus.Suspended, TestContext.Current.CancellationToken));
        await WithDirectoryAsync(directory => directory.SetStatusAsync(Sam, AccountStatus.Active, TestContext.Current.CancellationToken));

        Assert.False((bool)(await _server.IntrospectAsync(token))["active"]!);
    }

    [Fact]
    public async Task RefreshToken_ThatWasSpent_IsNoneAgain_AndEndsItsFamily()
    {
        using Browser browser = new(_server);
        string spent = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;
        _clock.Advance(TimeSpan.FromMinutes(4));
        (_, JsonObject next) = await browser.RefreshAsync(spent);

        PutBack();
        (HttpStatusCode again, _) = await browser.RefreshAsync(spent);

        Assert.Equal(HttpStatusCode.BadRequest, again);
        Assert.False((bool)(await _server.IntrospectAsync((string)next["access_token"]!))["active"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.RefreshAsync((string)next["refresh_token"]!)).Status);
    }

    [Fact]
    public async Task Assertion_ThatWasSpent_IsNoneAgain()
    {
        string assertion = _server.Host.Assertion(_server.Url);

        (HttpStatusCode first, _) = await AskAsync(assertion);
        // No further than that it is still one that is good for ten minutes at the most.
        PutBack(TimeSpan.FromSeconds(10));
        (HttpStatusCode second, JsonObject said) = await AskAsync(assertion);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first, second));
        Assert.Contains("used before", (string)said["error_description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_ThatWasTakenAway_OpensNothing()
    {
        using Browser browser = new(_server);
        (_, JsonObject exchanged) = await _server.PostAsHostAsync("/connect/token", ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("audience", "assize-identity-admin"),
            ("subject_token", await browser.TokenAsync(Carol)), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        string token = (string)exchanged["access_token"]!;
        string[] administered = ["/api/admin/people", "/api/admin/audit/entries", "/api/admin/sessions"];
        Assert.All(await StatusesAsync(), status => Assert.Equal(HttpStatusCode.OK, status));
        await WithDirectoryAsync(directory => directory.ChangeAsync(
            async unit =>
            {
                Account carol = (await unit.FindAsync(Carol, TestContext.Current.CancellationToken))!;
                carol.Roles.ForEach(role => unit.End(role, unit.Now));
                unit.Changed(carol);
            },
            TestContext.Current.CancellationToken));

        PutBack();

        Assert.All(await StatusesAsync(), status => Assert.Equal(HttpStatusCode.Forbidden, status));

        async Task<HttpStatusCode[]> StatusesAsync()
        {
            List<HttpStatusCode> statuses = [];
            foreach (string path in administered)
            {
                using HttpResponseMessage answer = await _server.GetAsync(path, token);
                statuses.Add(answer.StatusCode);
            }
            return [.. statuses];
        }
    }

    private void PutBack(TimeSpan? by = null) => _clock.AdjustTime(_clock.GetUtcNow() - (by ?? TimeSpan.FromMinutes(3)));

    private Task<(HttpStatusCode Status, JsonObject Body)> AskAsync(string assertion) => _server.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "directory"),
        ("client_id", HostKeys.Id), ("client_assertion_type", HostKeys.AssertionType), ("client_assertion", assertion));

    private async Task WithDirectoryAsync(Func<DirectoryWriter, Task> work)
    {
        await using AsyncServiceScope scope = _server.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<DirectoryWriter>());
    }
}
