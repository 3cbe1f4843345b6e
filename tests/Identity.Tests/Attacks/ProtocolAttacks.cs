using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Requests that say one thing twice, name another host, are far too long, or claim a protection that this server does not have.</summary>
public sealed class ProtocolAttacks(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Sam = "sam.carter@merseyside-police";
    private const string Evil = "evil.example";

    private RunningServer Server => shared.Server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> SaidTwice => new()
    {
        { "client_id", Browser.Client }, { "client_id", HostKeys.Id }, { "redirect_uri", Browser.Redirect }, { "redirect_uri", "http://evil.example/callback" }, { "response_type", "code" },
        { "scope", "openid identity-admin" }, { "state", "another" }, { "nonce", "another" }, { "code_challenge", Browser.Challenge }, { "code_challenge_method", "S256" }, { "prompt", "none" },
    };

    [Theory]
    [MemberData(nameof(SaidTwice))]
    public async Task Authorization_WithAParameterTwice_IsRefused_AndLeadsNowhere(string name, string second)
    {
        using Browser browser = new(Server);
        await browser.TokenAsync(Sam);
        string once = Browser.AuthorizeUrl(name is "prompt" or "nonce" ? [(name, "login")] : []);

        using HttpResponseMessage answer = await browser.GetAsync(QueryHelpers.AddQueryString(once, name, second));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("grant_type", "client_credentials")]
    [InlineData("scope", "directory")]
    [InlineData("client_id", "assize-host")]
    [InlineData("client_secret", "guess")]
    public async Task Token_WithAParameterTwice_IsRefused(string name, string second)
    {
        (string id, string secret) = Server.ClientFile("demo-client.json");

        (HttpStatusCode status, JsonObject body) = await Server.PostAsync(
            "/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", id), ("client_secret", secret), (name, second));

        Assert.True(status == HttpStatusCode.BadRequest, $"{status} {body.ToJsonString()}");
        Assert.Equal("invalid_request", (string?)body["error"]);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("code_verifier")]
    [InlineData("redirect_uri")]
    public async Task Code_WithAParameterTwice_IsRefused(string name)
    {
        using Browser browser = new(Server);
        string code = await browser.CodeAsync(Sam);

        (HttpStatusCode status, JsonObject body) = await Server.PostAsync("/connect/token", ("grant_type", "authorization_code"), ("client_id", Browser.Client), ("code", code),
            ("redirect_uri", Browser.Redirect), ("code_verifier", Browser.Verifier), (name, name switch { "code" => code, "redirect_uri" => Browser.Redirect, _ => Browser.Verifier }));

        Assert.True(status == HttpStatusCode.BadRequest, $"{status} {body.ToJsonString()}");
    }

    [Theory]
    [InlineData("redirect_uri", "http://evil.example/callback")]
    [InlineData("scope", "openid identity-admin")]
    [InlineData("client_assertion", "e30.e30.e30")]
    [InlineData("state", "another")]
    public async Task PushedRequest_WithAParameterTwice_IsRefused(string name, string second)
    {
        (HttpStatusCode once, _) = await PushAsync();
        (HttpStatusCode twice, JsonObject body) = await PushAsync((name, second));

        Assert.Equal(HttpStatusCode.Created, once);
        Assert.True(twice == HttpStatusCode.BadRequest, $"{twice} {body.ToJsonString()}");
        Assert.Null(body["request_uri"]);
    }

    [Theory]
    [InlineData("/connect/authorize?client_id=assize-demonstration&state=")]
    [InlineData("/.well-known/openid-configuration?x=")]
    [InlineData("/signin?returnUrl=")]
    public async Task Query_OfTwentyKilobytes_IsTooLong_AndIsAnError(string begins)
    {
        using HttpResponseMessage answer = await Server.GetAsync(begins + new string('x', 20_000));

        Assert.True(answer.StatusCode is HttpStatusCode.RequestUriTooLong or HttpStatusCode.BadRequest, $"Expected the query to be too long, but it was answered {(int)answer.StatusCode}.");
    }

    [Fact]
    public async Task Token_AskedForWithAProofOfPossession_IsAPlainBearerToken_AndSaysSo()
    {
        (string id, string secret) = Server.ClientFile("demo-client.json");
        using HttpRequestMessage request = new(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["scope"] = "api",
                ["client_id"] = id,
                ["client_secret"] = secret,
                ["dpop_jkt"] = new('k', 43),
            }),
        };
        request.Headers.Add("DPoP", Server.Host.Assertion(Server.Url));

        using HttpResponseMessage answer = await Server.Http.SendAsync(request, Stop);

        JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal((HttpStatusCode.OK, "Bearer"), (answer.StatusCode, (string?)body["token_type"]));
        JsonObject introspected = await Server.IntrospectAsync((string)body["access_token"]!);
        Assert.Equal((true, "Bearer", null), ((bool?)introspected["active"], (string?)introspected["token_type"], introspected["cnf"]));
        JsonNode metadata = JsonNode.Parse(await Server.Http.GetStringAsync("/.well-known/openid-configuration", Stop))!;
        Assert.Null(metadata["dpop_signing_alg_values_supported"]);
    }

    [Fact]
    public async Task BearerToken_ShownAsAProvedOne_IsNotTaken()
    {
        using Browser browser = new(Server);
        string token = await browser.TokenAsync(Sam);
        foreach ((string scheme, bool isTaken) in new[] { ("DPoP", false), ("Bearer", true) })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/connect/userinfo");
            request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
            request.Headers.Add("DPoP", Server.Host.Assertion(Server.Url));
            using HttpResponseMessage answer = await Server.Http.SendAsync(request, Stop);
            Assert.Equal(isTaken, answer.StatusCode == HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("http://evil.example/")]
    [InlineData("https://evil.example/connect/signed-out")]
    [InlineData("//evil.example/")]
    [InlineData("http://127.0.0.1:5080.evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignOut_ToAnAddressThatNobodyRegistered_LeadsNowhere_AndEndsNothing(string address)
    {
        using Browser browser = new(Server);
        JsonObject tokens = await browser.TokensAsync(Sam);

        using HttpResponseMessage answer = await browser.GetAsync(QueryHelpers.AddQueryString("/connect/logout", new Dictionary<string, string?>
        {
            ["client_id"] = Browser.Client,
            ["id_token_hint"] = (string)tokens["id_token"]!,
            ["post_logout_redirect_uri"] = address,
            ["state"] = "where-we-were",
        }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.True((bool?)(await Server.IntrospectAsync((string)tokens["access_token"]!))["active"]);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData("X-Original-Host")]
    public async Task Metadata_AskedForAtAnotherHost_NamesThisServerAlone(string header)
    {
        string told = await AtAsync(header, "/.well-known/openid-configuration");

        Assert.DoesNotContain(Evil, told, StringComparison.Ordinal);
        Assert.Contains($"\"issuer\":\"{Server.Url.AbsoluteUri}\"", told.Replace("\\/", "/", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    public async Task SignIn_BegunAtAnotherHost_LeadsToNoOther(string header)
    {
        foreach (string path in (string[])[Browser.AuthorizeUrl(), "/sessions", "/connect/logout", "/signin?returnUrl=%2Fsessions"])
        {
            Assert.DoesNotContain(Evil, await AtAsync(header, path), StringComparison.Ordinal);
        }
    }

    private Task<(HttpStatusCode Status, JsonObject Body)> PushAsync(params (string, string)[] more) => Server.PostAsHostAsync("/connect/par",
    [
        ("redirect_uri", new Uri(Server.Settings.HostUrl, "/signin/callback").AbsoluteUri), ("response_type", "code"), ("scope", "openid api"), ("state", "a-state"),
        ("code_challenge", Browser.Challenge), ("code_challenge_method", "S256"), .. more,
    ]);

    /// <summary>Head and body of what is answered.</summary>
    private async Task<string> AtAsync(string header, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, header == "Forwarded" ? $"host={Evil};proto=https" : Evil);
        using HttpResponseMessage answer = await Server.Http.SendAsync(request, Stop);
        return $"{(int)answer.StatusCode} {answer.Headers} {await answer.Content.ReadAsStringAsync(Stop)}";
    }
}
