using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Demonstration;
using Assize.Host.Demonstration.World;
using Assize.Host.Operations;
using Assize.Identity;
using Assize.Identity.Directory;
using Assize.TestKit.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests;

/// <summary>
/// Host and identity server as <c>./run</c> starts them, with one running case and one submission that needs correction. One step goes wrong: an alternative charge with <see cref="Faulty"/>.
/// </summary>
public sealed class WholeHost : IAsyncLifetime
{
    /// <summary>The code of an alternative charge whose step goes wrong.</summary>
    public const string Faulty = "AA00006";

    private const string Instructions = $"getVariable('ReviewAnswers').alternativeCode === '{Faulty}' ? chargesOfTheForce.wording : 'Lay the alternative charge.'";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-browser-");
    private readonly Uri _identityUrl = new($"http://localhost:{FreePort()}");
    private WebApplication _identity = null!;
    private WebApplication _host = null!;
    private int _charges;

    public Chromium Browser { get; } = new();

    public Uri Url { get; } = new($"http://localhost:{FreePort()}");

    public string Urn { get; private set; } = "";

    public string FaultySubmission { get; private set; } = "";

    /// <summary>The routes of its pages.</summary>
    public IEnumerable<string> Pages => _host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/')).Distinct().Order(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        _identity = IdentityServer.Build(
            new IdentitySettings
            {
                Url = _identityUrl,
                HostUrl = Url,
                DataFolder = _folder.FullName,
                Deployment = Deployment.Demonstration,
                HostClientKeys = HostKey.PublicSet(HostKey.ReadOrCreate(_folder.FullName, null)),
            },
            builder => builder.Logging.ClearProviders());
        await _identity.StartAsync();
        var definitions = _folder.CreateSubdirectory("definitions").FullName;
        await ScriptedDefinitions.CopyAsync(Path.Combine(AppContext.BaseDirectory, "definitions"), definitions, "m5-alternative-charge", Instructions);
        var builder = HostApplication.Prepare([], new HostSettings
        {
            HostUrl = Url,
            IdentityUrl = _identityUrl,
            DataFolder = _folder.FullName,
            IsDemonstration = true,
            EmbedIdentity = true,
            DefinitionsFolder = definitions,
        });
        builder.Logging.ClearProviders();
        _host = HostApplication.Compose(builder);
        await Preparation.RunAsync(_host.Services, CancellationToken.None);
        await _host.StartAsync();
        await ReadyForResultsAsync();
        Urn = await ChargeAsync();
        FaultySubmission = await SendAsync(NextUrn(), "XX99999");
    }

    /// <summary>The reference of a case more, which waits for its first review.</summary>
    public async Task<string> ChargeAsync()
    {
        var urn = NextUrn();
        await SendAsync(urn, "TH68010");
        return urn;
    }

    /// <summary>Changes the directory, and has the host read it.</summary>
    public async Task InDirectoryAsync(Func<DirectoryUnit, Task> change)
    {
        await using var scope = _identity.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DirectoryWriter>().ChangeAsync(change, TestContext.Current.CancellationToken);
        await _host.Services.GetRequiredService<DirectoryReader>().PullAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A page on which somebody has signed in by choosing a name from the list.</summary>
    /// <param name="path">What they opened, which they see once they are signed in.</param>
    /// <param name="script">Whether pages may run scripts.</param>
    public async Task<IPage> SignInAsync(string name, string path = "/tasks", bool script = true)
    {
        var page = await Browser.NewPageAsync(script);
        await ChooseAsync(page, name, path);
        return page;
    }

    /// <summary>Signs in on a page by choosing a name from the list.</summary>
    public async Task ChooseAsync(IPage page, string name, string path)
    {
        await page.GotoAsync(new Uri(Url, path).AbsoluteUri);
        await page.GetByLabel(name).First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(Url, path).AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _host.StopAsync();
        await _host.DisposeAsync();
        await _identity.StopAsync();
        await _identity.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>A dozen cases at different stages, as a demonstration has them.</summary>
    private async Task ReadyForResultsAsync()
    {
        await _host.Services.GetRequiredService<DemonstrationRights>().GiveAsync(CancellationToken.None);
        await _host.Services.GetRequiredService<DemonstrationWorld>().FillAsync(CancellationToken.None);
    }

    private async Task<HttpClient> PoliceSystemAsync()
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "demo-client.json")))!;
        using var identity = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "api",
            ["client_id"] = (string)file["client_id"]!,
            ["client_secret"] = (string)file["client_secret"]!,
        });
        using var answer = await identity.PostAsync(new Uri(_identityUrl, "/connect/token"), form);
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
        return new HttpClient { BaseAddress = Url, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    private async Task<string> SendAsync(string urn, string offence)
    {
        var message = new ChargeMessage
        {
            Urn = urn,
            Today = DateOnly.FromDateTime(DateTime.UtcNow),
            Defendants = [new ChargedPerson("Robin", "Tarn", new DateOnly(1990, 5, 4), 1, "4 Sandhills Lane",
                [new ChargedOffence(offence, "Bold Street, Liverpool", "Stole goods to the value of £40.")])],
        };
        using var police = await PoliceSystemAsync();
        using var body = new StringContent(message.ToJson().ToJsonString(), null, "application/json");
        using var answer = await police.PostAsync("/api/v1/prosecutions", body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private string NextUrn() => $"05ZD7{Interlocked.Increment(ref _charges):D6}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
