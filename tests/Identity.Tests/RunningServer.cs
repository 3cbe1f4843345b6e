using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Identity.Tests;

/// <summary>A real identity server on a free loopback port, with a data folder of its own that outlives a restart.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;

    private RunningServer(WebApplication app, IdentitySettings settings, DirectoryInfo folder, bool ownsFolder) =>
        (_app, Settings, _folder, _ownsFolder, Http) = (app, settings, folder, ownsFolder, Client(settings.Url));

    public IdentitySettings Settings { get; }

    /// <summary>Follows no redirect and keeps no cookie: an answer is seen as it came.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Url => Settings.Url;

    public static async Task<RunningServer> StartAsync(
        Deployment deployment = Deployment.Demonstration, DirectoryInfo? folder = null, Func<IdentitySettings, IdentitySettings>? change = null)
    {
        bool own = folder is null;
        folder ??= System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        IdentitySettings settings = new()
        {
            Url = new Uri($"http://127.0.0.1:{FreePort()}"),
            HostUrl = new Uri("http://127.0.0.1:5080"),
            DataFolder = folder.FullName,
            Deployment = deployment,
            RequestsPerTenSeconds = 1000,
        };
        settings = change?.Invoke(settings) ?? settings;
        WebApplication app = IdentityServer.Build(settings, builder => builder.Logging.ClearProviders());
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(app, settings, folder, own);
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

    public async Task<JsonObject> IntrospectAsync(string token)
    {
        (string id, string secret) = ClientFile("host-client.json");
        (_, JsonObject body) = await PostAsync("/connect/introspect", ("token", token), ("client_id", id), ("client_secret", secret));
        return body;
    }

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

    public static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
