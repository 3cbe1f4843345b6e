using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Assize.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Assize.Identity.Tests.Sessions;

/// <summary>Logout tokens in both directions: to a client that listens, and from an agency's provider.</summary>
public sealed class LogoutTests(ProviderServer provider) : IClassFixture<ProviderServer>
{
    private const string Sam = "sam.carter@merseyside-police";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    [Fact]
    public async Task End_OfASession_TellsTheClientsThatItSignedInTo_OnceTheyListen()
    {
        Channel<string> told = Channel.CreateUnbounded<string>();
        int refusals = 1;
        await using WebApplication client = Listener(async context =>
        {
            string token = (await context.Request.ReadFormAsync())["logout_token"].ToString();
            if (Interlocked.Decrement(ref refusals) >= 0)
            {
                return Results.StatusCode(503);
            }
            await told.Writer.WriteAsync(token);
            return Results.Ok();
        });
        await client.StartAsync(TestContext.Current.CancellationToken);
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { HostUrl = new Uri(client.Urls.First()) });
        string sid = await SignInToHostAsync(server);

        await server.EndSessionsAsync(Sam);

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(40));
        string token = await told.Reader.ReadAsync(patience.Token);
        using HttpResponseMessage published = await server.GetAsync("/.well-known/jwks");
        TokenValidationResult read = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = server.Url.AbsoluteUri,
            ValidAudience = HostKeys.Id,
            ValidTypes = ["logout+jwt"],
            IssuerSigningKeys = new JsonWebKeySet(await published.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetSigningKeys(),
        });
        Assert.True(read.IsValid, read.Exception?.Message);
        Assert.Equal(sid, read.Claims["sid"]);
        Assert.Equal(Sam, read.Claims["sub"]);
        Assert.False(read.Claims.ContainsKey("nonce"));
        Assert.Contains(Event, read.Claims["events"].ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Forgeries =>
        ["another issuer", "another audience", "another key", "no signature", "old", "from the future", "no id", "a nonce", "no event", "another event", "nobody", "an identity token", "expired", "twice"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task LogoutToken_OfAProvider_ThatIsNotRight_EndsNothing(string what)
    {
        (UpstreamKeys keys, RunningServer server, string session) = (provider.Keys, provider.Server, what);
        string sid = await provider.StartSessionAsync(Sam, "kent-4711", session);
        string token = Token(keys, what, session);
        if (what == "twice")
        {
            string first = Token(keys, "right", "another");
            Assert.Equal(HttpStatusCode.OK, await SendAsync(server, first));
            Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(server, first));
            return;
        }

        HttpStatusCode status = await SendAsync(server, token);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(await provider.IsLiveAsync(sid));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, Token(keys, "right", session)));
        Assert.False(await provider.IsLiveAsync(sid));
    }

    [Fact]
    public async Task LogoutToken_OfAProvider_WithoutASession_EndsEverythingOfItsSubject_AndNothingOfAnotherProvider()
    {
        (UpstreamKeys keys, RunningServer server) = (provider.Keys, provider.Server);
        Task<string> BeginAsync(string session, string upstream) => provider.StartSessionAsync(Sam, "kent-4711", session, upstream);
        string first = await BeginAsync("upstream-1", "kent"), second = await BeginAsync("upstream-2", "kent"), elsewhere = await BeginAsync("upstream-1", "other");

        HttpStatusCode status = await SendAsync(server, Token(keys, "subject only", ""));
        HttpStatusCode unknown = await SendAsync(server, Token(keys, "right", "upstream-1"), "nowhere");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (status, unknown));
        Assert.False(await provider.IsLiveAsync(first));
        Assert.False(await provider.IsLiveAsync(second));
        Assert.True(await provider.IsLiveAsync(elsewhere));
    }

    [Fact]
    public async Task LogoutToken_WhoseEndFailed_IsNotSpent()
    {
        using UpstreamKeys keys = new();
        int failures = 1;
        UpstreamTrust trust = new(ProviderServer.Issuer, ProviderServer.ClientId, [keys.Public])
        {
            Ends = (_, _, _) => Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("The database went away.") : Task.CompletedTask,
        };
        await using RunningServer server = await StartAsync(trust);
        string token = Token(keys, "right", "upstream-1");

        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(server, token));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, token));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(server, token));
    }

    private static async Task<string> SignInToHostAsync(RunningServer server)
    {
        using Browser browser = new(server);
        string redirect = new Uri(server.Settings.HostUrl, "/signin/callback").AbsoluteUri;
        await browser.TokenAsync(Sam);
        (_, JsonObject pushed) = await server.PostAsHostAsync("/connect/par", ("response_type", "code"), ("redirect_uri", redirect), ("scope", "openid api"),
            ("code_challenge", Browser.Challenge), ("code_challenge_method", "S256"));
        using HttpResponseMessage done = await browser.GetAsync(QueryHelpers.AddQueryString("/connect/authorize",
            new Dictionary<string, string?> { ["client_id"] = HostKeys.Id, ["request_uri"] = (string)pushed["request_uri"]! }));
        string code = QueryHelpers.ParseQuery(done.Headers.Location!.Query)["code"]!;
        (HttpStatusCode status, JsonObject tokens) = await server.PostAsHostAsync("/connect/token", ("grant_type", "authorization_code"),
            ("code", code), ("redirect_uri", redirect), ("code_verifier", Browser.Verifier));
        Assert.True(status == HttpStatusCode.OK, tokens.ToJsonString());
        return (string)(await server.IntrospectAsync((string)tokens["access_token"]!))["sid"]!;
    }

    private static WebApplication Listener(Func<HttpContext, Task<IResult>> take)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/signout/backchannel", take);
        return app;
    }

    private static Task<RunningServer> StartAsync(UpstreamTrust trust) => RunningServer.StartAsync(adjust: builder => builder.Services.AddScoped<FindUpstreamTrusts>(_ => (id, _, _) =>
        ValueTask.FromResult<IReadOnlyList<UpstreamTrust>>(id is "kent" ? [trust] : [])));

    private static async Task<HttpStatusCode> SendAsync(RunningServer server, string token, string upstream = "kent") =>
        (await server.PostAsync($"/signin/agency/{upstream}/logout", ("logout_token", token))).Status;

    private static string Token(UpstreamKeys keys, string what, string session)
    {
        DateTimeOffset issued = DateTimeOffset.UtcNow + (what switch { "old" => TimeSpan.FromMinutes(-11), "from the future" => TimeSpan.FromMinutes(11), _ => TimeSpan.Zero });
        Dictionary<string, object> claims = new()
        {
            ["sub"] = "kent-4711",
            ["sid"] = session,
            ["jti"] = Guid.NewGuid().ToString("n"),
            ["iat"] = issued.ToUnixTimeSeconds(),
            ["exp"] = (issued + (what == "expired" ? TimeSpan.FromMinutes(-3) : TimeSpan.FromMinutes(30))).ToUnixTimeSeconds(),
            ["events"] = new Dictionary<string, object> { [what == "another event" ? "http://example/other" : Event] = new Dictionary<string, object>() },
        };
        string[] without = what switch { "no id" => ["jti"], "no event" or "an identity token" => ["events"], "nobody" => ["sub", "sid"], "subject only" => ["sid"], _ => [] };
        Array.ForEach(without, name => claims.Remove(name));
        if (what is "a nonce" or "an identity token")
        {
            claims["nonce"] = "n";
        }
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = what == "an identity token" ? "JWT" : "logout+jwt",
            Issuer = what == "another issuer" ? "https://elsewhere.example/" : ProviderServer.Issuer,
            Audience = what == "another audience" ? "somebody-else" : ProviderServer.ClientId,
            Claims = claims,
            SigningCredentials = what switch { "no signature" => null, "another key" => keys.Another, _ => keys.Own },
        });
    }
}
