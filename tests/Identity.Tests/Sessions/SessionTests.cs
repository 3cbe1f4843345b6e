using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Identity.Tests.Sessions;

public sealed class SessionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Priya = "priya.nair@merseyside-police";
    private const string Tom = "tom.rimmer@merseyside-police";
    private const string Helen = "helen.marsh@cps-mersey-cheshire";
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Tokens_SayWhichSession_HowWellAndWhen()
    {
        using Browser browser = new(_server);

        JsonObject said = await _server.IntrospectAsync(await browser.TokenAsync(Priya));

        Assert.Equal(32, ((string)said["sid"]!).Length);
        Assert.Equal("1", (string)said["acr"]!);
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds((long)said["auth_time"]!), TimeSpan.FromSeconds(-2), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task StepUp_AsksAgain_AndTheNewTokenSaysSo()
    {
        using Browser browser = new(_server);
        string before = (string)(await _server.IntrospectAsync(await browser.TokenAsync(Priya)))["sid"]!;
        using HttpResponseMessage none = await browser.GetAsync(Browser.AuthorizeUrl(("acr_values", "2"), ("prompt", "none")));
        Assert.Contains("login_required", none.Headers.Location!.Query, StringComparison.Ordinal);

        using HttpResponseMessage asked = await browser.GetAsync(Browser.AuthorizeUrl(("acr_values", "2")));
        using HttpResponseMessage back = await browser.ChooseAsync(asked.Headers.Location!.OriginalString, Priya);
        using HttpResponseMessage done = await browser.GetAsync(back.Headers.Location!.OriginalString);
        (_, JsonObject tokens) = await browser.RedeemAsync(Browser.CodeIn(done));

        JsonObject said = await _server.IntrospectAsync((string)tokens["access_token"]!);
        Assert.Equal("2", (string)said["acr"]!);
        Assert.NotEqual(before, (string)said["sid"]!);
    }

    [Fact]
    public async Task OwnPage_ListsAndEnds_OnlyOnesOwn()
    {
        using Browser laptop = new(_server), phone = new(_server), stranger = new(_server);
        string laptopToken = await laptop.TokenAsync(Tom);
        string phoneToken = await phone.TokenAsync(Tom);
        string sid = (string)(await _server.IntrospectAsync(phoneToken))["sid"]!;
        await stranger.TokenAsync(Helen);

        string page = await laptop.TextAsync("/sessions");
        Assert.Contains(sid, page, StringComparison.Ordinal);
        Assert.Contains("127.0.0.…", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain(sid, await stranger.TextAsync("/sessions"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await stranger.SubmitAsync("/sessions", $"/sessions/{sid}/end"));
        Assert.True((bool)(await _server.IntrospectAsync(phoneToken))["active"]!);

        Assert.Equal(HttpStatusCode.Redirect, await laptop.SubmitAsync("/sessions", $"/sessions/{sid}/end"));

        Assert.False((bool)(await _server.IntrospectAsync(phoneToken))["active"]!);
        Assert.True((bool)(await _server.IntrospectAsync(laptopToken))["active"]!);
        using HttpResponseMessage gone = await phone.GetAsync("/sessions");
        Assert.StartsWith("/signin", gone.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnPage_WithoutTheFormsToken_EndsNothing()
    {
        using Browser browser = new(_server);
        string token = await browser.TokenAsync(Priya);
        string sid = (string)(await _server.IntrospectAsync(token))["sid"]!;

        Assert.Equal(HttpStatusCode.BadRequest, await browser.PostEmptyAsync($"/sessions/{sid}/end"));

        Assert.True((bool)(await _server.IntrospectAsync(token))["active"]!);
    }

    [Fact]
    public async Task Administration_SeesAndEnds_ItsOwnPeopleOnly()
    {
        string admin = await AdministratorAsync("merseyside-police");
        using Browser person = new(_server), other = new(_server);
        string token = await person.TokenAsync(Priya);
        string sid = (string)(await _server.IntrospectAsync(token))["sid"]!;
        string foreign = (string)(await _server.IntrospectAsync(await other.TokenAsync(Helen)))["sid"]!;

        JsonObject list = await ReadAsync($"/api/admin/sessions?subject={Uri.EscapeDataString(Priya)}", admin, HttpStatusCode.OK);
        Assert.Contains(list["items"]!.AsArray(), item => (string)item!["id"]! == sid);
        Assert.All((await ReadAsync("/api/admin/sessions", admin, HttpStatusCode.OK))["items"]!.AsArray(), item => Assert.EndsWith("@merseyside-police", (string)item!["subject"]!, StringComparison.Ordinal));
        JsonObject elsewhere = await ReadAsync($"/api/admin/sessions?subject={Uri.EscapeDataString(Helen)}", admin, HttpStatusCode.NotFound);
        JsonObject unknown = await ReadAsync("/api/admin/sessions?subject=nobody", admin, HttpStatusCode.NotFound);
        Assert.Equal((string)unknown["detail"]!, (string)elsewhere["detail"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await EndAsync(foreign, admin)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await EndAsync("nothing", admin)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await EndAsync(sid, admin, reason: null)).Status);

        Assert.Equal((HttpStatusCode.OK, true), await EndAsync(sid, admin));

        Assert.False((bool)(await _server.IntrospectAsync(token))["active"]!);
    }

    [Fact]
    public async Task Suspension_EndsSessions_AndReactivationRevivesNone()
    {
        const string grace = "grace.adeyemi@cps-mersey-cheshire";
        using Browser browser = new(_server);
        string token = await browser.TokenAsync(grace);

        await SetStatusAsync(grace, AccountStatus.Suspended);
        await SetStatusAsync(grace, AccountStatus.Active);

        Assert.False((bool)(await _server.IntrospectAsync(token))["active"]!);
        using HttpResponseMessage again = await browser.GetAsync(Browser.AuthorizeUrl(("prompt", "none")));
        Assert.Contains("login_required", again.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.NotEmpty(await browser.TokenAsync(grace));
    }

    [Fact]
    public async Task SignIn_Again_EndsTheSessionBefore_AndGivesANewCookie()
    {
        using Browser browser = new(_server);
        string first = await browser.TokenAsync(Priya);
        string cookie = browser.Cookie("assize-identity");

        using HttpResponseMessage again = await browser.ChooseAsync("/signin", Priya);

        Assert.NotEqual(cookie, browser.Cookie("assize-identity"));
        Assert.False((bool)(await _server.IntrospectAsync(first))["active"]!);
    }

    [Fact]
    public async Task PushedRequests_ThatAskForANewSignIn_AreAnsweredByOne()
    {
        using Browser browser = new(_server);
        await browser.TokenAsync(Priya);
        string authorize = await PushAsync(_server, ("prompt", "login"));

        using HttpResponseMessage asked = await browser.GetAsync(authorize);
        using HttpResponseMessage back = await browser.ChooseAsync(asked.Headers.Location!.OriginalString, Priya);
        using HttpResponseMessage done = await browser.GetAsync(back.Headers.Location!.OriginalString);

        Assert.Contains("code=", done.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("::1", "127.0.0.…")]
    [InlineData("::ffff:10.2.3.4", "10.2.3.…")]
    [InlineData("2001:db8:77:1::5", "2001:db8:77:…")]
    public async Task Session_SaysTheNetworkThatItBeganFrom_AndNeverAWholeAddress(string from, string shown)
    {
        await using AsyncServiceScope scope = _server.Services.CreateAsyncScope();

        PersonSession session = await scope.ServiceProvider.GetRequiredService<SessionRegister>().StartAsync(
            new SignedIn(Priya, "merseyside-police", "1"), IPAddress.Parse(from), TestContext.Current.CancellationToken);

        Assert.Equal(shown, session.AddressHint);
    }

    [Fact]
    public async Task PushedRequest_IsNotAnsweredByASignIn_EarlierInTheSameSecond()
    {
        FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddMilliseconds(200));
        await using RunningServer server = await RunningServer.StartAsync(adjust: builder => builder.Services.AddFakeClock(clock));
        using Browser browser = new(server);
        await browser.CodeAsync(Priya);

        clock.Advance(TimeSpan.FromMilliseconds(300));
        string authorize = await PushAsync(server, ("prompt", "login"));
        using HttpResponseMessage asked = await browser.GetAsync(authorize);
        Assert.StartsWith("/signin?", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromMilliseconds(300));
        using HttpResponseMessage back = await browser.ChooseAsync(asked.Headers.Location!.OriginalString, Priya);
        using HttpResponseMessage done = await browser.GetAsync(back.Headers.Location!.OriginalString);
        Assert.Contains("code=", done.Headers.Location!.Query, StringComparison.Ordinal);
    }

    private static async Task<string> PushAsync(RunningServer server, (string Name, string Value) wish)
    {
        (HttpStatusCode status, JsonObject pushed) = await server.PostAsHostAsync("/connect/par",
            ("response_type", "code"), ("redirect_uri", "http://127.0.0.1:5080/signin/callback"), ("scope", "openid api"), wish,
            ("code_challenge", Browser.Challenge), ("code_challenge_method", "S256"));
        Assert.True(status == HttpStatusCode.Created, pushed.ToJsonString());
        return QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?> { ["client_id"] = HostKeys.Id, ["request_uri"] = (string)pushed["request_uri"]! });
    }

    private async Task<string> AdministratorAsync(string agency)
    {
        await using AsyncServiceScope scope = _server.Services.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        string subject = await db.HomeRoles.Where(role => role.Role == "agency-admin" && role.Subject.EndsWith("@" + agency)).Select(role => role.Subject).FirstOrDefaultAsync(TestContext.Current.CancellationToken)
            ?? "jo.halewood@" + agency;
        if (!await db.HomeRoles.AnyAsync(role => role.Role == "agency-admin" && role.Subject == subject, TestContext.Current.CancellationToken))
        {
            await scope.ServiceProvider.GetRequiredService<DirectoryWriter>().ReplaceRolesAsync(subject, ["agency-admin"], TestContext.Current.CancellationToken);
        }
        using Browser browser = new(_server);
        (HttpStatusCode status, JsonObject body) = await _server.PostAsHostAsync("/connect/token", ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("audience", "assize-identity-admin"), ("subject_token", await browser.TokenAsync(subject)), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        return (string)body["access_token"]!;
    }

    private async Task SetStatusAsync(string subject, string status)
    {
        await using AsyncServiceScope scope = _server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DirectoryWriter>().SetStatusAsync(subject, status, TestContext.Current.CancellationToken);
    }

    private async Task<JsonObject> ReadAsync(string path, string token, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await _server.GetAsync(path, token);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonObject>(text)!;
    }

    private async Task<(HttpStatusCode Status, bool Ended)> EndAsync(string sid, string token, string? reason = "The laptop was left on a train.")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/admin/sessions/{sid}/end") { Content = JsonContent.Create(new { reason }) };
        request.Headers.Authorization = new("Bearer", token);
        using HttpResponseMessage answer = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        JsonObject body = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        return (answer.StatusCode, (int?)body["ended"] == 1);
    }
}
