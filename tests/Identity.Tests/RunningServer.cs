using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Identity.Tests;

/// <summary>A real identity server on a free loopback port, with a data folder of its own that outlives a restart.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;

    private RunningServer(WebApplication app, IdentitySettings settings, DirectoryInfo folder, bool ownsFolder, HostKeys host) =>
        (_app, Settings, _folder, _ownsFolder, Host, Http) = (app, settings, folder, ownsFolder, host, Client(settings.ListenUrl ?? settings.Url));

    public IdentitySettings Settings { get; }

    /// <summary>The credentials of Host, whom the tests stand in for.</summary>
    public HostKeys Host { get; }

    /// <summary>Follows no redirect and keeps no cookie: an answer is seen as it came.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Its issuer.</summary>
    public Uri Url => Settings.Url;

    /// <summary>Where it listens.</summary>
    public Uri Address => Settings.ListenUrl ?? Settings.Url;

    public static async Task<RunningServer> StartAsync(
        Deployment deployment = Deployment.Demonstration, DirectoryInfo? folder = null, Func<IdentitySettings, IdentitySettings>? change = null,
        Action<WebApplicationBuilder>? adjust = null, HostKeys? host = null)
    {
        bool own = folder is null;
        host ??= new HostKeys();
        folder ??= System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        IdentitySettings settings = new()
        {
            Url = new Uri($"http://127.0.0.1:{FreePort()}"),
            HostUrl = new Uri("http://127.0.0.1:5080"),
            DataFolder = folder.FullName,
            Deployment = deployment,
            RequestsPerTenSeconds = 1000,
            HostClientKeys = host.PublicSet,
        };
        settings = change?.Invoke(settings) ?? settings;
        WebApplication app = IdentityServer.Build(settings, builder =>
        {
            builder.Logging.ClearProviders();
            adjust?.Invoke(builder);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(app, settings, folder, own, host);
    }

    /// <summary>What the server wrote for the program that is that client.</summary>
    public (string Id, string Secret) ClientFile(string name)
    {
        JsonNode file = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, name)))!;
        return ((string)file["client_id"]!, (string)file["client_secret"]!);
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(string path, params (string Name, string Value)[] form)
    {
        using FormUrlEncodedContent content = new(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using HttpResponseMessage answer = await Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonObject>(text)! : []);
    }

    public async Task<string> ClientTokenAsync(string file, string scope)
    {
        (string id, string secret) = ClientFile(file);
        (HttpStatusCode status, JsonObject body) = await PostAsync("/connect/token",
            ("grant_type", "client_credentials"), ("scope", scope), ("client_id", id), ("client_secret", secret));
        Assert.Equal(HttpStatusCode.OK, status);
        return (string)body["access_token"]!;
    }

    /// <summary>Ends everything of a person, as a leaver's end does.</summary>
    public async Task EndSessionsAsync(string subject)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SessionRegister>().EndOfSubjectAsync(subject, "A test ended it.", TestContext.Current.CancellationToken);
    }

    /// <summary>Posts as Host, with a fresh assertion.</summary>
    public Task<(HttpStatusCode Status, JsonObject Body)> PostAsHostAsync(string path, params (string Name, string Value)[] form) => PostAsync(path,
        [.. form, ("client_id", HostKeys.Id), ("client_assertion_type", HostKeys.AssertionType), ("client_assertion", Host.Assertion(Url))]);

    public async Task<string> HostTokenAsync()
    {
        (HttpStatusCode status, JsonObject body) = await PostAsHostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "directory"));
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        return (string)body["access_token"]!;
    }

    public async Task<JsonObject> IntrospectAsync(string token) => (await PostAsHostAsync("/connect/introspect", ("token", token))).Body;

    public async Task<HttpResponseMessage> GetAsync(string path, string? bearer = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (bearer is not null)
        {
            request.Headers.Authorization = new("Bearer", bearer);
        }
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            _folder.Delete(recursive: true);
        }
    }

    public static HttpClient Client(Uri address)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(60) };

        // A test's own authority, and loopback only.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => address.IsLoopback;
        return new HttpClient(handler) { BaseAddress = address };
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
