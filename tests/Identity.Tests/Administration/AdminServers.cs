using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Assize.TestKit.Databases;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Administration;

/// <summary>A demonstration server on each kind of database, started when a test first asks for it.</summary>
public sealed class AdminServers : IAsyncLifetime
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<DatabaseKind, AdminServer> _started = [];

    public async Task<AdminServer> OnAsync(DatabaseKind kind)
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _started.TryGetValue(kind, out AdminServer? known) ? known : _started[kind] = await AdminServer.StartAsync(kind);
        }
        finally
        {
            _one.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (AdminServer server in _started.Values)
        {
            await server.DisposeAsync();
        }
        _one.Dispose();
    }
}

/// <summary>A server and, over real HTTP, the administration API as anybody who can sign in.</summary>
public sealed class AdminServer : IAsyncDisposable
{
    public const string Police = "merseyside-police";
    public const string Prosecutors = "cps-mersey-cheshire";
    public const string Carol = "carol.whitfield@merseyside-police";
    public const string Imran = "imran.sheikh@merseyside-police";
    public const string Bridget = "bridget.nolan@cps-mersey-cheshire";
    public const string Alex = "alex.moore@assize-platform";
    public const string Robin = "robin.vane@assize-platform";
    public const string Reason = "Agreed with the team leader.";

    private static int s_number;
    private readonly TestDatabase? _database;
    private readonly ConcurrentDictionary<string, Task<string>> _tokens = new();

    private AdminServer(RunningServer server, TestDatabase? database) => (Server, _database) = (server, database);

    public RunningServer Server { get; }

    public static async Task<AdminServer> StartAsync(DatabaseKind kind, Func<IdentitySettings, IdentitySettings>? change = null)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            return new AdminServer(await RunningServer.StartAsync(change: change), null);
        }
        TestDatabase database = await TestDatabase.CreateEmptyAsync(kind);
        return new AdminServer(await RunningServer.StartAsync(change: settings => (change?.Invoke(settings) ?? settings) with { Database = database.ConnectionString }), database);
    }

    /// <summary>Adds somebody to a home agency, with roles in the usual scope.</summary>
    public async Task<string> PersonAsync(string agency, string[]? roles = null, string status = AccountStatus.Active, Action<Account>? change = null)
    {
        int number = Interlocked.Increment(ref s_number);
        Account account = new()
        {
            Subject = $"person{number}@{agency}",
            Name = $"Person {number}",
            AgencyId = agency,
            Status = status,
            Title = "Tester",
        };
        account.Roles.AddRange((roles ?? []).Select(role => HomeRole.Usual(account, role, DateTimeOffset.UtcNow.AddDays(-1))));
        change?.Invoke(account);
        await WithAsync<DirectoryWriter>(directory => directory.AddMissingAsync([], [account], TestContext.Current.CancellationToken));
        return account.Subject;
    }

    public async Task WithAsync<T>(Func<T, Task> use)
        where T : notnull
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<TResult> ReadAsync<TResult>(Func<IdentityDb, Task<TResult>> read)
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    /// <summary>A token for the administration API, as Host gets one for somebody who is signed in.</summary>
    public Task<string> TokenAsync(string subject) => _tokens.GetOrAdd(subject, async who =>
    {
        using Browser browser = new(Server);
        (HttpStatusCode status, JsonObject body) = await Server.PostAsHostAsync("/connect/token",
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("audience", "assize-identity-admin"),
            ("subject_token", await browser.TokenAsync(who)), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        return (string)body["access_token"]!;
    });

    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(string who, string method, string path, object? body = null, string? key = null) =>
        await CallAsync(await TokenAsync(who), method, "/api/admin" + path, body, key is null ? [] : [("Idempotency-Key", key)]);

    public async Task<JsonObject> DoAsync(string who, string method, string path, object? body = null)
    {
        (HttpStatusCode status, JsonObject answer) = await SendAsync(who, method, path, body);
        Assert.True((int)status < 300, $"{method} {path}: {status} {answer.ToJsonString()}");
        return answer;
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> CallAsync(string? bearer, string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        }
        using HttpResponseMessage answer = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : []);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
