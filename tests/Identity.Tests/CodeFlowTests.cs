using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Assize.Identity.Tests;

public sealed class CodeFlowTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Sam = "sam.carter@merseyside-police";
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task SignIn_WithPkce_GivesATokenThatSaysWho()
    {
        using Browser browser = new(_server);

        (HttpStatusCode status, JsonObject body) = await browser.RedeemAsync(await browser.CodeAsync(Sam));

        Assert.Equal(HttpStatusCode.OK, status);
        string token = (string)body["access_token"]!;
        Assert.DoesNotContain('.', token);
        JsonObject said = await _server.IntrospectAsync(token);
        Assert.True((bool)said["active"]!);
        Assert.Equal((Sam, "merseyside-police", "Sam Carter"), ((string)said["sub"]!, (string)said["agency"]!, (string)said["name"]!));
        Assert.Contains("case-builder", said["roles"]!.ToJsonString(), StringComparison.Ordinal);
        JsonObject identity = JsonSerializer.Deserialize<JsonObject>(WebEncoders.Base64UrlDecode(((string)body["id_token"]!).Split('.')[1]))!;
        Assert.Equal(_server.Url.AbsoluteUri, (string)identity["iss"]!);
        Assert.Equal(Sam, (string)identity["sub"]!);
    }

    [Fact]
    public async Task UserInfo_WithAPersonsToken_SaysWho()
    {
        using Browser browser = new(_server);

        using HttpResponseMessage answer = await _server.GetAsync("/connect/userinfo", await browser.TokenAsync("grace.adeyemi@cps-mersey-cheshire"));

        JsonObject who = JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("Grace Adeyemi", (string)who["name"]!);
        Assert.Equal("cps-mersey-cheshire", (string)who["agency"]!);
    }

    public static TheoryData<string, string?> BadRequests => new()
    {
        { "code_challenge_method", "plain" },
        { "code_challenge_method", null },
        { "code_challenge", null },
        { "redirect_uri", "http://127.0.0.1:9/callback/" },
        { "redirect_uri", "http://127.0.0.1:9/callback?more=1" },
        { "redirect_uri", "http://127.0.0.1:9/other" },
        { "redirect_uri", "http://127.0.0.1.example/callback" },
        { "redirect_uri", "http://user@127.0.0.1:9/callback" },
        { "redirect_uri", "https://127.0.0.1:9/callback" },
        { "redirect_uri", "javascript:alert(1)" },
        { "redirect_uri", "//127.0.0.1:9/callback" },
        { "redirect_uri", null },
        { "client_id", "nobody" },
        { "client_id", "merseyside-police-case-system" },
        { "response_type", "token" },
        { "response_type", "code id_token" },
        { "scope", "openid directory" },
        { "scope", "openid anything" },
        { "request", "eyJhbGciOiJub25lIn0.e30." },
        { "request_uri", "http://127.0.0.1:9/request" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Authorize_WithABadRequest_GivesNoCode(string parameter, string? value)
    {
        using Browser browser = new(_server);
        await browser.TokenAsync(Sam);

        using HttpResponseMessage answer = await browser.GetAsync(Browser.AuthorizeUrl((parameter, value)));

        if (answer.StatusCode == HttpStatusCode.Redirect)
        {
            Assert.StartsWith(Browser.Redirect, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
            Assert.Contains("error=", answer.Headers.Location.Query, StringComparison.Ordinal);
            Assert.DoesNotContain("code=", answer.Headers.Location.Query, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Redeem_SameCodeTwice_IsRefusedAndTheFirstTokenDies()
    {
        using Browser browser = new(_server);
        string code = await browser.CodeAsync(Sam);
        (_, JsonObject first) = await browser.RedeemAsync(code);

        (HttpStatusCode status, JsonObject second) = await browser.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid_grant", (string)second["error"]!);
        Assert.False((bool)(await _server.IntrospectAsync((string)first["access_token"]!))["active"]!);
    }

    [Fact]
    public async Task Redeem_ByTwentyAtOnce_GivesOneToken()
    {
        using Browser browser = new(_server);
        string code = await browser.CodeAsync(Sam);

        (HttpStatusCode Status, JsonObject)[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.RedeemAsync(code)));

        Assert.True(answers.Count(answer => answer.Status == HttpStatusCode.OK) <= 1, "Expected one code to give at most one token.");
    }

    [Theory]
    [InlineData("", Browser.Redirect)]
    [InlineData("another-verifier-that-is-long-enough-to-be-allowed-0123456789", Browser.Redirect)]
    [InlineData(null, "http://127.0.0.1:9/other")]
    public async Task Redeem_WithoutWhatTheRequestPromised_IsRefused(string? verifier, string redirect)
    {
        using Browser browser = new(_server);
        string code = await browser.CodeAsync(Sam);

        (HttpStatusCode status, JsonObject body) = await browser.RedeemAsync(code, verifier, redirect);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(body.ContainsKey("access_token"));
    }

    [Fact]
    public async Task Authorize_WithPromptNone_AndNobodySignedIn_SaysSo()
    {
        using Browser browser = new(_server);

        using HttpResponseMessage answer = await browser.GetAsync(Browser.AuthorizeUrl(("prompt", "none")));

        Assert.Contains("error=login_required", answer.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AsNobodyOnTheList_ShowsTheListAgain()
    {
        using Browser browser = new(_server);

        using HttpResponseMessage answer = await browser.ChooseAsync("/signin", "merseyside-police-case-system");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Select a person", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    public async Task SignIn_WithAForeignReturnUrl_StaysHere(string returnUrl)
    {
        using Browser browser = new(_server);

        using HttpResponseMessage answer = await browser.ChooseAsync($"/signin?returnUrl={Uri.EscapeDataString(returnUrl)}", Sam);

        Assert.Equal("/signin", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task SignIn_WithoutTheFormsToken_IsRefused()
    {
        (HttpStatusCode status, _) = await _server.PostAsync("/signin", ("subject", Sam), ("returnUrl", "/"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task SignOut_WithTheIdentityToken_EndsTheSession()
    {
        using Browser browser = new(_server);
        (_, JsonObject tokens) = await browser.RedeemAsync(await browser.CodeAsync(Sam));

        using HttpResponseMessage signedOut = await browser.GetAsync("/connect/logout?id_token_hint=" + (string)tokens["id_token"]!);

        using HttpResponseMessage again = await browser.GetAsync(Browser.AuthorizeUrl(("prompt", "none")));
        Assert.Contains("error=login_required", again.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_WithTheIdentityToken_WhereTheCookieIsGone_EndsTheSessionThatItNames()
    {
        using Browser browser = new(_server), elsewhere = new(_server);
        (_, JsonObject tokens) = await browser.RedeemAsync(await browser.CodeAsync(Sam));

        using HttpResponseMessage signedOut = await elsewhere.GetAsync("/connect/logout?id_token_hint=" + (string)tokens["id_token"]!);

        Assert.True(signedOut.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, signedOut.StatusCode.ToString());
        using HttpResponseMessage again = await browser.GetAsync(Browser.AuthorizeUrl(("prompt", "none")));
        Assert.Contains("error=login_required", again.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_FromAnywhere_AsksFirst()
    {
        using Browser browser = new(_server);
        await browser.TokenAsync(Sam);

        using HttpResponseMessage asked = await browser.GetAsync("/connect/logout");

        Assert.Contains("Do you want to sign out?", await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage still = await browser.GetAsync(Browser.AuthorizeUrl(("prompt", "none")));
        Browser.CodeIn(still);
    }
}
