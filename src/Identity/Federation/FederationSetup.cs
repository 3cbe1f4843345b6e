using Assize.Identity.Federation.Enrolment;
using Assize.Identity.Federation.Entra;
using Assize.Identity.Federation.Outbound;
using Assize.Identity.Sessions;
using Microsoft.Extensions.Options;
using OpenIddict.Client;
using Quartz;

namespace Assize.Identity.Federation;

/// <summary>Signing in with the agencies' own accounts: the client's side of the protocol, with providers from the database.</summary>
internal static class FederationSetup
{
    public static void AddFederation(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddSingleton<Registrations>();
        services.AddSingleton<UpstreamRegistry>();
        services.AddSingleton<IConfigureOptions<OpenIddictClientOptions>>(provider => provider.GetRequiredService<UpstreamRegistry>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictClientOptions>>(provider => provider.GetRequiredService<UpstreamRegistry>());
        services.AddSingleton<UpstreamLoading>();
        services.AddHostedService(provider => provider.GetRequiredService<UpstreamLoading>());
        services.AddScoped<UpstreamWriter>();
        services.AddScoped<AgencyChoices>();
        services.AddScoped<Departure>();
        services.AddScoped<TestSignIn>();
        services.AddScoped<UpstreamTrusts>();
        services.AddScoped<FindUpstreamTrusts>(provider => provider.GetRequiredService<UpstreamTrusts>().FindAsync);
        services.AddScoped<Reception>();
        services.AddScoped<ProviderAddresses>().AddScoped<ProviderSignOut>();
        services.AddScoped<PlatformAdmins>();
        services.AddScoped<UpstreamChecks>();
        services.AddScoped<EnrolmentActivation>();
        services.AddScoped<EnrolmentDrafting>();
        services.AddScoped<EnrolmentJournal>();
        services.AddScoped<EnrolmentDesk>();
        services.AddOpenIddict().AddClient(client => Configure(client, settings));

        // After the client, which replaces handlers that it does not know.
        services.AddOutbound(settings);
        services.AddQuartz(quartz => quartz.ScheduleJob<UpstreamPoll>(trigger => trigger
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(2)).RepeatForever())));
        services.AddEntra(settings);
    }

    private static void Configure(OpenIddictClientBuilder client, IdentitySettings settings)
    {
        client.AllowAuthorizationCodeFlow();
        client.SetClientUri(settings.Url);
        client.SetStateTokenLifetime(TimeSpan.FromMinutes(15));

        // Without any provider the client would refuse to start.
        client.SetRedirectionEndpointUris(new Uri(settings.Url, "/signin/agency"));
        client.DisableWebServicesFederationClaimMapping();
        client.UseSystemNetHttp();
        client.AddEventHandler(UnexpiredOnly.Descriptor);
        client.AddEventHandler(TestFailures.Descriptor);
        OpenIddictClientAspNetCoreBuilder web = client.UseAspNetCore().EnableRedirectionEndpointPassthrough().EnableStatusCodePagesIntegration();
        if (!settings.IsHttps)
        {
            web.DisableTransportSecurityRequirement();
        }
        web.Configure(options =>
        {
            // Answers come by GET, so the cookie need not travel with other sites' forms.
            options.CookieBuilder.SameSite = SameSiteMode.Lax;
            options.CookieBuilder.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
    }

    public static void MapFederation(this WebApplication app)
    {
        app.MapGet("/signin/agency/{id}", AgencyCallback.HandleAsync);
        app.MapGet(ProviderSignOut.Route, ProviderSignOut.Return);
        app.MapGet(ProviderSignOut.EntraRoute, (string? state, ProviderSignOut signOut) => ProviderSignOut.Return(null, state, signOut));
        app.MapTestSignIn();
        app.MapEnrolment();
    }
}
