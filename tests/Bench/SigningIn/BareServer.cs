using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Assize.TestKit.Databases;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Bench.SigningIn;

/// <summary>The smallest server that signs somebody in: OpenIddict with its own tables, a cookie and a page with one button. Nothing else is written, limited or looked up.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    public const string Client = "bench";

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly TestDatabase? _database;

    private BareServer(DirectoryInfo folder, WebApplication app, TestDatabase? database, Uri url) => (_folder, _app, _database, Url) = (folder, app, database, url);

    public Uri Url { get; }

    public static async Task<BareServer> StartAsync(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("assize-bench-");
        var database = kind == DatabaseKind.Postgres ? await TestDatabase.CreateEmptyAsync(kind) : null;
        Uri url = new($"http://127.0.0.1:{FreePort()}");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.GetLeftPart(UriPartial.Authority));
        AddServices(builder.Services, database?.ConnectionString, Path.Combine(folder.FullName, "bare.db"));
        var app = builder.Build();
        app.UseAuthentication();
        Map(app);
        await PrepareAsync(app.Services, kind);
        await app.StartAsync();
        return new BareServer(folder, app, database, url);
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private static void AddServices(IServiceCollection services, string? postgres, string sqlite)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => cookie.LoginPath = "/signin");
        services.AddDbContext<BareDb>(options => (postgres is null ? options.UseSqlite($"Data Source={sqlite}") : options.UseNpgsql(postgres)).UseOpenIddict());
        services.AddOpenIddict().AddCore(core => core.UseEntityFrameworkCore().UseDbContext<BareDb>()).AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.RegisterScopes("api");
            server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
        });
    }

    private static async Task PrepareAsync(IServiceProvider services, DatabaseKind kind)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BareDb>();
        await db.Database.EnsureCreatedAsync();
        if (kind == DatabaseKind.Sqlite)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;");
        }

        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = Client,
            ClientType = ClientTypes.Public,
            RedirectUris = { new Uri(SignInDriver.Redirect) },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
                Permissions.Prefixes.Scope + "api",
            },
        });
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/signin", (string? returnUrl) => Results.Content(
            $"""<form method="post"><input type="hidden" name="returnUrl" value="{WebUtility.HtmlEncode(returnUrl)}"><button>Sign in</button></form>""", "text/html"));
        app.MapPost("/signin", async context =>
        {
            var form = await context.Request.ReadFormAsync();
            await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(Claims.Subject, form["subject"].ToString())], "bench")));
            context.Response.Redirect(form["returnUrl"].ToString());
        });
        app.MapGet("/connect/authorize", async (HttpContext context) =>
        {
            var signedIn = await context.AuthenticateAsync();
            if (signedIn.Principal?.FindFirst(Claims.Subject)?.Value is not { } subject)
            {
                return Results.Challenge(new AuthenticationProperties { RedirectUri = context.Request.Path + context.Request.QueryString });
            }

            ClaimsIdentity identity = new([new Claim(Claims.Subject, subject)], "bench");
            identity.SetScopes("openid", "api");
            return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        });
    }

    private sealed class BareDb(DbContextOptions<BareDb> options) : DbContext(options);
}
