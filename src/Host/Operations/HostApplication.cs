using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Api.Problems;
using Assize.Host.Demonstration.World;
using Assize.Host.Designer;
using Assize.Host.Operations.Jobs;
using Assize.Host.Operations.Storage;
using Assize.Host.Pages;
using Assize.Host.Pages.Access;
using Assize.Host.Pages.Access.CaseAccess;
using Assize.Host.Pages.Access.Proposals;
using Assize.Host.Pages.Access.Requests;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Pages.Designer.Releasing;
using Assize.Host.Pages.Designer.Rules;
using Assize.Host.Pages.Tasks;
using Assize.Host.Queries;
using Assize.Host.Web;
using Assize.Host.Wording;
using Assize.Workflows.Audit;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assize.Host.Operations;

/// <summary>The web application, composed in one place.</summary>
public static class HostApplication
{
    public static WebApplicationBuilder Prepare(string[] args, HostSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // Pages are found by this name, whoever starts the application.
            ApplicationName = typeof(HostApplication).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        Listening.Apply(builder, settings);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning).AddFilter("OpenIddict", LogLevel.Warning)
            .AddFilter("Quartz", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        _ = settings.IsDemonstration ? builder.Logging.AddSimpleConsole(console => console.SingleLine = true) : builder.Logging.AddJsonConsole();
        builder.Services.AddSingleton(settings);
        AddServices(builder.Services, settings);
        return builder;
    }

    public static WebApplication Compose(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        var settings = app.Services.GetRequiredService<HostSettings>();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders(settings);
        app.UseLanguages();
        app.UseProblemAnswers();
        app.UseSignInPace(app.Services.GetRequiredService<SignInPace>());
        app.UseWebFiles();
        app.UseOwnPageOnly(DesignerRoutes.Hubs);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapMetrics(settings);
        app.MapApi(settings);
        app.MapDesigner();
        app.MapSignIn();
        app.MapRazorPages();
        return app;
    }

    private static void AddServices(IServiceCollection services, HostSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostDatabase(settings);
        services.AddSingleton<BusinessClock>();
        services.AddHostedService<BusinessClockReader>();
        services.AddHostedService<CatalogFollower>();
        services.AddSingleton<SignInPace>();
        services.AddHostAccess(new AccessSettings
        {
            HostUrl = settings.HostUrl,
            IdentityUrl = settings.IdentityUrl,
            DataFolder = settings.DataFolder,
            ClientKeyFile = settings.ClientKeyFile,
        });
        services.AddWorkflows(() => CaseDatabase.Open(settings.Database, settings.SqlitePath));
        services.AddAudit(new AuditSettings(
            settings.AuditSecret ?? Path.Combine(settings.DataFolder, "audit-secret"), TimeSpan.FromMinutes(settings.MinutesBetweenRoots)));
        services.AddSingleton(new ReferenceStore { TakesUnlistedAuthorities = settings.IsDemonstration });
        services.AddSingleton<AccessLists>().AddSingleton<CaseAccessQueries>().AddSingleton<AgencyPeople>().AddSingleton<ProposalQueries>().AddSingleton<GrantQueries>()
            .AddSingleton<CaseRefusals>().AddSingleton<ExclusionQueries>().AddSingleton<ConflictLines>().AddSingleton<ReviewQueries>().AddSingleton<OverdueQueries>().AddSingleton<TaskQueries>().AddSingleton<CaseQueries>().AddSingleton<FormQueries>().AddSingleton<DefinitionQueries>()
            .AddSingleton<ProcessQueries>().AddSingleton<HistoryQueries>().AddSingleton<IncidentQueries>().AddSingleton<MomentQueries>().AddSingleton<HearingQueries>()
            .AddSingleton<MessageQueries>().AddSingleton<AuditQueries>().AddSingleton<ErasureQueries>().AddSingleton<OperationQueries>().AddSingleton<SubmissionLists>().AddSingleton<TaskRun>().AddSingleton<GrantRun>().AddSingleton<ProposalRun>().AddSingleton<PartyRun>().AddSingleton<WhatIf>()
            .AddSingleton<RoleEffect>().AddSingleton<PeopleCounts>().AddSingleton<DraftingRightQueries>().AddSingleton<OwnerQueries>();
        services.AddRecurringJobs(settings).AddHostedService<RefusalWriter>();
        if (settings.IsDemonstration)
        {
            services.AddSingleton<DemonstrationWorld>().AddSingleton<WorldWalk>().AddSingleton<DemonstrationRights>();
        }

        services.AddTelemetry();
        services.AddHealth();
        services.AddApi();
        services.AddDesigner();
        services.AddReleasing();
        services.AddRules();
        services.AddRazorPages(pages => PageAccess.Apply(pages.Conventions));
        services.AddLanguages();
        services.ConfigureHttpJsonOptions(json => Write(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        services.Configure<ForwardedHeadersOptions>(forwarded => Believe(forwarded, settings));
        services.Configure<MvcOptions>(mvc => mvc.MaxModelValidationErrors = 50);
    }

    // Forwarded addresses and schemes are believed from configured proxies only.
    private static void Believe(ForwardedHeadersOptions forwarded, HostSettings settings)
    {
        forwarded.ForwardedHeaders = settings.Proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies)
        {
            forwarded.KnownIPNetworks.Add(network);
        }
    }

    private static void Write(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.MaxDepth = 32;
        json.Converters.Add(new KeptText());
        json.Converters.Add(new KeptNode<JsonNode>());
        json.Converters.Add(new KeptNode<JsonObject>());
    }
}
