using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Demonstration;
using Assize.Host.Demonstration.Journey;
using Assize.Host.Operations;
using Assize.Identity;
using Assize.TestKit;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Every route that Host has, found by asking Host, against an evaluator that says no.</summary>
public sealed class DenyAllTests : IAsyncLifetime
{
    private const string Urn = "05ZD0004711";
    private const string Surname = "Threlfall";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-deny-");
    private readonly SwitchedEvaluator _access = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private WebApplication _identity = null!, _host = null!;
    private Uri _url = null!, _identityUrl = null!;
    private SignIn _signIn = null!;

    public async ValueTask InitializeAsync()
    {
        _identityUrl = new Uri($"http://localhost:{FreePort()}");
        _url = new Uri($"http://localhost:{FreePort()}");
        _signIn = new SignIn(_identityUrl);
        _identity = IdentityServer.Build(
            new IdentitySettings
            {
                Url = _identityUrl,
                HostUrl = _url,
                DataFolder = _folder.FullName,
                Deployment = Deployment.Demonstration,
                HostClientKeys = HostKey.PublicSet(HostKey.ReadOrCreate(_folder.FullName, null)),
            },
            builder => builder.Logging.ClearProviders());
        await _identity.StartAsync();
        WebApplicationBuilder builder = HostApplication.Prepare([], new HostSettings
        {
            HostUrl = _url,
            IdentityUrl = _identityUrl,
            DataFolder = _folder.FullName,
            IsDemonstration = true,
            EmbedIdentity = false,
            DefinitionsFolder = Repository.PathOf("definitions"),
        });
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.Singleton<IAccessEvaluator>(_access));
        _host = HostApplication.Compose(builder);
        await Preparation.RunAsync(_host.Services, CancellationToken.None);
        await _host.StartAsync();
    }

    [Fact]
    public async Task EveryRouteAndList_WhenTheEvaluatorDenies_GivesNothing_AndChangesNothing()
    {
        string system = await _signIn.TokenAsync(Path.Combine(_folder.FullName, "demo-client.json"));
        Assize.Host.Demonstration.Journey.Person lawyer = (await _signIn.PeopleAsync()).First(person => person.Holds("reviewing-lawyer"));
        string person = await _signIn.TokenAsync(lawyer);
        Dictionary<string, string> ids = await OpenCaseAsync(system, person);
        ThingsOfACase things = await AddThingsAsync();
        string client = (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "demo-client.json"), TestContext.Current.CancellationToken))!["client_id"]!;
        (string, string)[] askers = [(system, client), (person, lawyer.Subject)];
        Assert.Contains(Urn, (await SendAsync("GET", "/api/v1/cases", person)).Body, StringComparison.Ordinal);
        Assert.Contains(Urn, (await SendAsync("GET", "/api/v1/tasks?view=available", person)).Body, StringComparison.Ordinal);

        _access.DenyEverything();
        string before = await RowsAsync(things);
        List<string> given = [];
        int asked = 0;
        foreach ((string method, string path, bool isPage) in await RoutesAsync(ids, things))
        {
            foreach ((string token, string subject) in askers)
            {
                asked++;
                (HttpStatusCode status, string body) = await SendAsync(method, path, token, isPage ? subject : null);
                if (Gives(status, body) || !IsRefusal(path, status))
                {
                    given.Add($"{method} {path}: {(int)status} {body[..Math.Min(200, body.Length)]}");
                }
            }
        }

        Assert.True(asked > 30, $"Expected Host's routes to be asked, but there were only {asked} questions.");
        Assert.True(given.Count == 0, string.Join('\n', given));
        Assert.Equal(before, await RowsAsync(things));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.StopAsync();
        await _host.DisposeAsync();
        await _identity.StopAsync();
        await _identity.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>Nothing is an error that names nobody, or a list with nothing in it.</summary>
    private static bool Gives(HttpStatusCode status, string body) =>
        body.Contains(Surname, StringComparison.OrdinalIgnoreCase) || ((int)status < 400 && !IsEmptyList(body));

    /// <summary>It is the evaluator that refuses: not a body that could not be read, nor a form without its token. What Studio asks says in other ways that it cannot be read.</summary>
    private static bool IsRefusal(string path, HttpStatusCode status) =>
        IsStudios(path) || status is HttpStatusCode.OK or HttpStatusCode.Forbidden or HttpStatusCode.NotFound;

    private static bool IsStudios(string path) => path.StartsWith("/elsa/", StringComparison.Ordinal);

    private static bool IsEmptyList(string body) =>
        body.StartsWith('{') && JsonNode.Parse(body)!["items"] is JsonArray { Count: 0 };

    /// <summary>With the ids of things that exist.</summary>
    private async Task<IEnumerable<(string Method, string Path, bool IsPage)>> RoutesAsync(Dictionary<string, string> ids, ThingsOfACase things) =>
        (await HostRoutes.OfAsync(_host.Services)).Select(route => (route.Method, HostRoutes.Fill(route.Pattern, name => Value(route.Pattern, name, ids, things)), route.IsPage));

    private static string Value(string pattern, string name, Dictionary<string, string> ids, ThingsOfACase things) => name switch
    {
        "urn" => Urn,
        "agency" => "merseyside-police",
        "entry" or "version" => "1",
        _ when things.For(pattern) is { } id => id,
        _ when pattern.Contains("prosecution", StringComparison.Ordinal) || pattern.Contains("submission", StringComparison.Ordinal) => ids["submission"],
        _ when pattern.Contains("task", StringComparison.Ordinal) => ids["task"],
        _ => "nothing",
    };

    private async Task<ThingsOfACase> AddThingsAsync()
    {
        await using CaseDb db = _host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        return await ThingsOfACase.AddAsync(db, Urn);
    }

    private async Task<Dictionary<string, string>> OpenCaseAsync(string system, string person)
    {
        (HttpStatusCode status, string body) = await SendAsync("POST", "/api/v1/prosecutions", system);
        Assert.True(status == HttpStatusCode.Accepted, body);
        string submission = (string)JsonNode.Parse(body)!["id"]!;
        for (int wait = 0; wait < 240; wait++)
        {
            JsonNode told = JsonNode.Parse((await SendAsync("GET", $"/api/v1/prosecutions/{submission}", system)).Body)!;
            Assert.True((string)told["state"]! != "FAILED", told.ToJsonString());
            if (told["caseUrn"] is not null)
            {
                JsonNode tasks = JsonNode.Parse((await SendAsync("GET", "/api/v1/tasks?view=available", person)).Body)!;
                return new() { ["submission"] = submission, ["task"] = (string)tasks["items"]![0]!["id"]! };
            }
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException("Expected the submission to become a case, but it did not within a minute.");
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string method, string path, string token, string? subject = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(_url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        if (method is not ("GET" or "HEAD") && subject is not null)
        {
            ClaimsIdentity identity = new([new Claim("sub", subject, null, _identityUrl.AbsoluteUri)], "a token");
            FormToken.Of(_host.Services, new ClaimsPrincipal(identity)).Fill(request, ("reason", "A reason of more than twenty characters."), ("decision", "confirm"));
        }
        else if (method is not ("GET" or "HEAD"))
        {
            request.Content = JsonContent.Create(Body(path));
        }
        using HttpResponseMessage answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A body that the route would take, so that it is the evaluator that refuses.</summary>
    private static JsonNode Body(string path) => path switch
    {
        "/api/v1/prosecutions" => new ChargeMessage
        {
            Urn = Urn,
            Today = DateOnly.FromDateTime(DateTime.UtcNow),
            Defendants = [new("Callum", Surname, new DateOnly(1994, 7, 12), 1, "14 Larkhill Row", [new("TH68010", "Lime Street, Liverpool", "On the date shown stole a cordless drill to the value of £129.")])],
        }.ToJson(),
        _ when path.EndsWith("/complete", StringComparison.Ordinal) => new JsonObject { ["outcome"] = "Continue", ["fields"] = new JsonObject() },
        _ when path.EndsWith("/reinstate", StringComparison.Ordinal) || path.EndsWith("/retry", StringComparison.Ordinal) || path.EndsWith("/close-in-error", StringComparison.Ordinal) => new JsonObject { ["reason"] = "Opened twice by mistake." },
        _ when path.EndsWith("/clock", StringComparison.Ordinal) => new JsonObject { ["offset"] = "PT1H" },
        _ when path.Contains("/prosecutions/", StringComparison.Ordinal) => JsonNode.Parse("""{"corrections":[{"pointer":"/defendants/0/individual/gender","value":2}]}""")!,
        _ when path.StartsWith("/api/v1/access/", StringComparison.Ordinal) => AccessBody(path),
        _ => new JsonObject(),
    };

    private static JsonObject AccessBody(string path)
    {
        const string Why = "A reason of more than twenty characters.";
        return path["/api/v1/access/".Length..] switch
        {
            "requests" => new JsonObject { ["case"] = Urn, ["subject"] = "x", ["role"] = "advocate", ["to"] = "2030-01-01T00:00:00Z", ["reason"] = Why },
            "challenges" => new JsonObject { ["case"] = Urn, ["category"] = "other", ["reason"] = Why },
            "emergencies" => new JsonObject { ["case"] = Urn, ["reason"] = Why },
            "exclusions" => new JsonObject { ["subject"] = "x", ["case"] = Urn, ["reason"] = Why },
            "simulate" => new JsonObject { ["urn"] = Urn },
            var rest when rest.EndsWith("/agencies", StringComparison.Ordinal) => new JsonObject { ["agency"] = "x", ["reason"] = Why },
            var rest when rest.EndsWith("/parties", StringComparison.Ordinal) => new JsonObject { ["subject"] = "x", ["part"] = "witness" },
            var rest when rest.EndsWith("/parties/end", StringComparison.Ordinal) => new JsonObject { ["subject"] = "x", ["part"] = "witness", ["reason"] = Why },
            var rest when rest.EndsWith("/roles", StringComparison.Ordinal) => new JsonObject { ["subject"] = "x", ["role"] = "advocate", ["reason"] = Why },
            var rest when rest.EndsWith("/proposals", StringComparison.Ordinal) => new JsonObject { ["kind"] = "unseal", ["reason"] = Why },
            var rest when rest.EndsWith("/change", StringComparison.Ordinal) => new JsonObject { ["role"] = "advocate", ["maxClassification"] = "private", ["to"] = "2030-01-01T00:00:00Z", ["reason"] = "A reason of more than twenty characters." },
            var rest when rest.StartsWith("reviews/", StringComparison.Ordinal) => new JsonObject { ["finding"] = "justified", ["note"] = Why },
            _ => new JsonObject { ["reason"] = Why },
        };
    }

    private async Task<string> RowsAsync(ThingsOfACase things)
    {
        await using CaseDb db = _host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        List<string> rows = [];
        foreach (string table in (string[])["case_file", "submission", "work_task", "audit_entry", "engine_journal", "engine_instance", "message", "access_grant", "exclusion", "access_proposal", "access_review", "case_participant", "case_party", "erasure_request"])
        {
            string count = $"SELECT count(*) AS Value FROM {table}";
            rows.Add($"{table}: {await db.Database.SqlQueryRaw<int>(count).SingleAsync()}");
        }
        rows.AddRange(await db.Tasks.OrderBy(task => task.Id).Select(task => $"{task.Id} {task.State} {task.Assignee}").ToListAsync());
        rows.Add(await things.RowsAsync(db));
        return string.Join('\n', rows);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
