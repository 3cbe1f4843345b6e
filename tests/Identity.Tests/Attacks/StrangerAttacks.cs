using System.Net;
using Assize.Identity.Operations;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>What can be done without any credential, or with the cookie alone.</summary>
public sealed class StrangerAttacks
{
    private const string Carol = "carol.whitfield@merseyside-police";
    private const string Form = "application/x-www-form-urlencoded";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Floods_OfStrangers_LeaveNoRowBehind()
    {
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { RequestsPerTenSeconds = 100_000 });
        Dictionary<string, long> before = await RowsAsync(server);

        for (int number = 0; number < 40; number++)
        {
            foreach ((string method, string path, string? body, string type) in Requests(number, server))
            {
                using HttpRequestMessage request = new(new HttpMethod(method), path);
                request.Headers.TryAddWithoutValidation("Authorization", path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/scim/", StringComparison.Ordinal) ? $"Bearer made-up-{number}" : null);
                request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, type);
                using HttpResponseMessage answer = await server.Http.SendAsync(request, Stop);
                Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        Dictionary<string, long> after = await RowsAsync(server);
        Assert.Equal(Told(before), Told(after));
    }

    [Fact]
    public async Task Floods_OfCodesThatNobodyRedeems_AreGoneADayLater()
    {
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { RequestsPerTenSeconds = 100_000, RequestsPerSubject = 100_000 });
        using Browser browser = new(server);
        await browser.TokenAsync(Carol);
        Dictionary<string, long> before = await RowsAsync(server);

        for (int number = 0; number < 30; number++)
        {
            await browser.CodeAsync(Carol);
        }
        long grown = (await RowsAsync(server)).Values.Sum();
        await AgeAsync(server, TimeSpan.FromDays(2));
        await new PruneJob(server.Services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, NullLogger<PruneJob>.Instance).PruneAsync(Stop);

        Assert.True(grown >= before.Values.Sum() + 30, $"Expected codes to be kept while they are good, but there are {grown} rows.");
        Dictionary<string, long> after = await RowsAsync(server);
        Assert.All(before.Keys.Where(table => table != "audit_entry"), table => Assert.True(after[table] <= before[table], $"{table}: {before[table]} rows before, {after[table]} after."));
    }

    [Fact]
    public async Task Administration_WithTheCookieAlone_IsClosed()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using Browser browser = new(server);
        await browser.TokenAsync(Carol);
        Assert.NotEqual("", browser.Cookie("assize-identity"));

        foreach ((string method, string route, _) in AdministrationAttackTests.Routes)
        {
            string path = "/api/admin" + route.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            HttpStatusCode status = method == "GET" ? (await browser.GetAsync(path)).StatusCode : await browser.PostEmptyAsync(path);
            Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed, $"{method} {path}: {status}");
        }
    }

    [Fact]
    public async Task Tokens_AndWhatIsSaidOfThem_AreKeptInNoCache()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using Browser browser = new(server);
        string token = await browser.TokenAsync(Carol);
        (string id, string secret) = server.ClientFile("demo-client.json");
        List<HttpRequestMessage> asked =
        [
            Post("/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", id), ("client_secret", secret)),
            Post("/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", id), ("client_secret", "guess")),
            Post("/connect/introspect", ("token", token), ("client_id", id), ("client_secret", secret)),
            new(HttpMethod.Get, "/connect/userinfo") { Headers = { Authorization = new("Bearer", token) } },
            new(HttpMethod.Get, Browser.AuthorizeUrl()),
            new(HttpMethod.Get, "/api/admin/people") { Headers = { Authorization = new("Bearer", token) } },
        ];
        foreach (HttpRequestMessage request in asked)
        {
            using HttpResponseMessage answer = await server.Http.SendAsync(request, Stop);
            Assert.True(answer.Headers.CacheControl?.NoStore, $"{request.Method} {request.RequestUri}: {answer.StatusCode} {answer.Headers.CacheControl}");
            request.Dispose();
        }
    }

    private static IEnumerable<(string Method, string Path, string? Body, string Type)> Requests(int number, RunningServer server)
    {
        string id = server.ClientFile("demo-client.json").Id;
        yield return ("GET", Browser.AuthorizeUrl(("state", $"s{number}")), null, Form);
        yield return ("GET", Browser.AuthorizeUrl(("client_id", $"nobody-{number}")), null, Form);
        yield return ("POST", "/connect/par", $"client_id=assize-host&client_assertion=e30.e30.{number}&client_assertion_type={Uri.EscapeDataString(HostKeys.AssertionType)}&state={number}", Form);
        yield return ("POST", "/connect/token", $"grant_type=client_credentials&client_id={id}&client_secret=guess-{number}", Form);
        yield return ("POST", "/connect/token", $"grant_type=authorization_code&client_id={Browser.Client}&code=guess-{number}&redirect_uri={Uri.EscapeDataString(Browser.Redirect)}&code_verifier={Browser.Verifier}", Form);
        yield return ("POST", "/connect/token", $"grant_type=refresh_token&client_id={Browser.Client}&refresh_token=guess-{number}", Form);
        yield return ("POST", "/connect/introspect", $"token=guess-{number}&client_id={id}&client_secret=guess", Form);
        yield return ("POST", "/connect/revoke", $"token=guess-{number}&client_id={Browser.Client}", Form);
        yield return ("GET", $"/connect/logout?id_token_hint=e30.e30.{number}&state={number}", null, Form);
        yield return ("GET", $"/signin?returnUrl=%2F{number}", null, Form);
        yield return ("POST", "/signin", $"subject=person-{number}", Form);
        yield return ("GET", $"/signin/start?agency=none-{number}", null, Form);
        yield return ("GET", $"/signin/agency/none-{number}?code=x&state={number}", null, Form);
        yield return ("POST", $"/signin/agency/none-{number}/logout", $"logout_token=e30.e30.{number}", Form);
        yield return ("GET", "/api/admin/people", null, Form);
        yield return ("POST", "/api/admin/teams", """{"name":"Mine","reason":"Agreed with the team leader."}""", "application/json");
        yield return ("GET", "/api/directory", null, Form);
        yield return ("POST", "/scim/v2/Users", $$"""{"userName":"made-up-{{number}}"}""", "application/scim+json");
    }

    private static HttpRequestMessage Post(string path, params (string Name, string Value)[] form) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) };

    private static string Told(Dictionary<string, long> rows) => string.Join(", ", rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key} {row.Value}"));

    // As if they had been there for so long.
    private static async Task AgeAsync(RunningServer server, TimeSpan by)
    {
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        foreach (OpenIddictEntityFrameworkCoreToken token in await db.Set<OpenIddictEntityFrameworkCoreToken>().ToListAsync(Stop))
        {
            (token.CreationDate, token.ExpirationDate) = (token.CreationDate - by, token.ExpirationDate - by);
        }
        foreach (OpenIddictEntityFrameworkCoreAuthorization authorization in await db.Set<OpenIddictEntityFrameworkCoreAuthorization>().ToListAsync(Stop))
        {
            authorization.CreationDate -= by;
        }
        await db.SaveChangesAsync(Stop);
    }

    /// <summary>How many rows every table has, but those that the sealing of the log makes by itself.</summary>
    private static async Task<Dictionary<string, long>> RowsAsync(RunningServer server)
    {
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        Dictionary<string, long> rows = [];
        foreach (string table in db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct().Where(name => name is not ("audit_key" or "audit_root" or "audit_stream")))
        {
#pragma warning disable EF1002 // The name is the model's own.
            rows[table] = (await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").ToListAsync(Stop)).Single();
#pragma warning restore EF1002
        }
        return rows;
    }
}
