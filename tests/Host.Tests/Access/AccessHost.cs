using System.Net;
using System.Net.Sockets;
using Assize.Host.Access;
using Assize.Host.Operations;
using Assize.Host.Operations.Storage;
using Assize.Identity;
using Assize.TestKit.Databases;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Host's sign-in alone, beside a real identity server: one page, one API route, no case.</summary>
public sealed class AccessHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-access-");
    private WebApplication _host = null!;

    public WebApplication Identity { get; private set; } = null!;

    public TestCaseDatabase Cases { get; private set; } = null!;

    public Uri Url { get; } = new($"http://localhost:{FreePort()}");

    public Uri IdentityUrl { get; } = new($"http://localhost:{FreePort()}");

    public string DataFolder => _folder.FullName;

    public IServiceProvider Services => _host.Services;

    public async ValueTask InitializeAsync()
    {
        Identity = IdentityServer.Build(
            new IdentitySettings
            {
                Url = IdentityUrl,
                HostUrl = Url,
                DataFolder = DataFolder,
                Deployment = Deployment.Demonstration,
                HostClientKeys = HostKey.PublicSet(HostKey.ReadOrCreate(DataFolder, null)),
            },
            builder => builder.Logging.ClearProviders());
        await Identity.StartAsync();
        Cases = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        _host = await StartAsync(Url);
    }

    /// <summary>A second process as far as anything but memory goes: its own container, the same databases and keys. The caller disposes it.</summary>
    public async Task<(WebApplication Host, Uri Url)> StartAnotherAsync()
    {
        Uri url = new($"http://localhost:{FreePort()}");
        return (await StartAsync(url), url);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        await Identity.StopAsync();
        await Identity.DisposeAsync();
        await Cases.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task<WebApplication> StartAsync(Uri listen)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listen.GetLeftPart(UriPartial.Authority));
        builder.Services.AddAntiforgery();
        builder.Services.AddSingleton(Cases.Database);
        builder.Services.AddHostDatabase(new HostSettings
        {
            HostUrl = Url,
            IdentityUrl = IdentityUrl,
            DataFolder = DataFolder,
            IsDemonstration = true,
            EmbedIdentity = false,
            DefinitionsFolder = "",
        });
        builder.Services.AddHostAccess(new AccessSettings { HostUrl = Url, IdentityUrl = IdentityUrl, DataFolder = DataFolder });
        WebApplication host = builder.Build();
        await HostDatabase.MigrateAsync(host.Services, CancellationToken.None);
        host.UseAuthentication();
        host.UseAuthorization();
        host.MapSignIn();
        host.MapGet("/who", (HttpContext context) => context.Caller());
        host.MapGet("/api/who", (HttpContext context) => context.Caller());
        host.MapGet("/form", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        host.MapGet("/administration", (HttpContext context, IdentityAdministration administration, CancellationToken ct) =>
            administration.GetAsync<object>(context, "sessions", ct));
        await host.StartAsync();
        return host;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
