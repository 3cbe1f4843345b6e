using Assize.Workflows.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenIddict.Validation;

namespace Assize.Host.Access;

/// <summary>Who is calling: a cookie after sign-in for pages, a reference token for the API. What they may do is Workflows' to say.</summary>
public static class HostAccess
{
    public static IServiceCollection AddHostAccess(this IServiceCollection services, AccessSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<HostClient>();
        services.AddSingleton<BearerCache>();
        services.AddSingleton<TicketStore>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<LogoutReceiver>();
        services.AddSingleton<IdentityAdministration>();
        services.AddHttpClient(IdentityAdministration.HttpName, http => http.Timeout = TimeSpan.FromSeconds(10));
        services.AddHttpContextAccessor();
        services.AddScoped(provider => provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Caller()
            ?? throw new InvalidOperationException("Expected a caller within a request, but there is no request."));
        services.TryAddSingleton<IAccessEvaluator, AccessEvaluator>();
        services.AddHttpClient(nameof(DirectoryReader), http => http.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<DirectoryReader>();
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = settings.IsHttps ? "__Host-assize-host-form" : "assize-host-form";
            form.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        AddSchemes(services, settings);
        AddIntrospection(services, settings);
        AuthorizationPolicy signedIn = new AuthorizationPolicyBuilder(SchemeNames.Either)
            .RequireAssertion(context => Callers.From(context.User) is not null).Build();
        services.AddAuthorizationBuilder().AddPolicy(PolicyNames.SignedIn, signedIn).SetDefaultPolicy(signedIn).SetFallbackPolicy(signedIn);
        return services;
    }

    private static void AddSchemes(IServiceCollection services, AccessSettings settings)
    {
        services.AddAuthentication(SchemeNames.Either)
            .AddPolicyScheme(SchemeNames.Either, null, scheme => scheme.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(SchemeNames.Bearer, null)
            .AddCookie(SchemeNames.Cookie)
            .AddOpenIdConnect(SchemeNames.OpenIdConnect, _ => { });
        services.AddOptions<CookieAuthenticationOptions>(SchemeNames.Cookie)
            .Configure<TicketStore>((cookie, tickets) => SignInCookie.Configure(cookie, settings, tickets));
        services.AddOptions<OpenIdConnectOptions>(SchemeNames.OpenIdConnect)
            .Configure<HostClient>((oidc, client) => SignInFlow.Configure(oidc, settings, client));
    }

    private static void AddIntrospection(IServiceCollection services, AccessSettings settings)
    {
        services.AddOpenIddict().AddValidation(validation =>
        {
            validation.SetIssuer(settings.IdentityUrl);
            validation.AddAudiences(HostClient.Id);
            validation.UseIntrospection().SetClientId(HostClient.Id);
            validation.UseSystemNetHttp();
            validation.UseAspNetCore();
        });
        services.AddOptions<OpenIddictValidationOptions>().Configure<HostClient>((options, client) => options.SigningCredentials.Add(client.Credentials));
    }

    // The API takes tokens only, so that no page of another site can spend a cookie on it.
    private static string Choose(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Headers.Authorization.Count > 0
            ? SchemeNames.Bearer
            : SchemeNames.Cookie;
}
