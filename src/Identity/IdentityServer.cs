using Assize.Identity.Administration;
using Assize.Identity.Audit;
using Assize.Identity.Clients;
using Assize.Identity.Connect;
using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Founding;
using Assize.Identity.Keys;
using Assize.Identity.Operations;
using Assize.Identity.Scim;
using Assize.Identity.Sessions;
using Assize.Identity.SignIn;
using Assize.Identity.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assize.Identity;

/// <summary>The identity server as a web application of its own: started alone, or beside Host in one process.</summary>
public static class IdentityServer
{
    /// <summary>Composes it. Starting it migrates its database, makes its keys and clients, and only then listens.</summary>
    public static WebApplication Build(IdentitySettings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        // Its environment is its deployment, and it reads no appsettings: beside Host these would be Host's.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(IdentityServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = settings.Deployment.ToString(),
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("OpenIddict", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        // One line for each entry: what somebody wrote into an address begins none of its own.
        builder.Logging.ClearProviders();
        _ = settings.Deployment == Deployment.Demonstration ? builder.Logging.AddSimpleConsole(console => console.SingleLine = true) : builder.Logging.AddJsonConsole();
        Listening.Apply(builder, settings);
        RequestLimits.Apply(builder);
        AddServices(builder.Services, settings);
        adjust?.Invoke(builder);
        return Compose(builder.Build(), settings);
    }

    private static void AddServices(IServiceCollection services, IdentitySettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddIdentityDb(settings);
        services.AddServerKeys(settings);
        services.AddOpenIdConnect(settings);
        services.AddSignIn(settings);
        services.AddSessions();
        services.AddPruning();
        services.AddAudit();
        services.AddScoped<DirectoryWriter>();
        services.AddAdministration();
        services.AddScim();
        services.AddScoped<ClientRegistrar>();
        services.AddHostedService<Preparation>();
        services.AddFederation(settings);
        services.AddScoped<FoundPlatform>();
    }

    private static WebApplication Compose(WebApplication app, IdentitySettings settings)
    {
        app.UseKnownProxies(settings);
        app.UseOwnName(settings);
        app.UsePageHeaders(settings);
        app.UseRequestLimits();
        app.UseOneOfEach();
        app.UseLanguages();
        app.UseStatusCodePages(ErrorPage.AnswerAsync);
        app.UseStyles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAgencyPace();
        app.MapConnect();
        app.MapDirectory();
        app.MapAudit();
        app.MapSessions();
        app.MapAdministration();
        app.MapScim();
        app.MapFederation();
        app.MapAgencySignIn(settings);
        app.MapGet("/health/live", () => TypedResults.Ok());
        return app;
    }
}
