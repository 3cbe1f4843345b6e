using Assize.Identity.Clients;
using Assize.Identity.Storage;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

/// <summary>The protocol's settings, each away from its default for a reason.</summary>
internal static class OpenIdConnect
{
    public static void AddOpenIdConnect(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDb>())
            .AddServer(server => Configure(server, settings))
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                validation.AddAudiences(ClientNames.Self);
                validation.EnableTokenEntryValidation();
            });
        services.AddScoped<TokenIdentity>();
        services.AddAuthorizationBuilder().AddPolicy(Policies.Directory, policy => policy
            .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            .RequireAssertion(context => context.User.HasScope(ClientNames.DirectoryScope)));
    }

    private static void Configure(OpenIddictServerBuilder server, IdentitySettings settings)
    {
        server.SetIssuer(settings.Url);
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
            .SetIntrospectionEndpointUris("connect/introspect").SetRevocationEndpointUris("connect/revoke")
            .SetUserInfoEndpointUris("connect/userinfo").SetEndSessionEndpointUris("connect/logout");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
        server.RegisterScopes(Scopes.OpenId, ClientNames.ApiScope, ClientNames.DirectoryScope);
        server.RegisterClaims(Claims.Name, "agency", "roles");

        // A token is a handle into the database: revoked is revoked, and nothing can be read from it.
        server.UseReferenceAccessTokens();
        server.SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1));
        server.SetAccessTokenLifetime(TimeSpan.FromHours(1));
        server.Configure(options => options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
        server.AddEventHandler(DeadAccounts.Descriptor);
        OpenIddictServerAspNetCoreBuilder web = server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
            .EnableUserInfoEndpointPassthrough().EnableEndSessionEndpointPassthrough().EnableStatusCodePagesIntegration();
        if (!settings.IsHttps)
        {
            web.DisableTransportSecurityRequirement();
        }
    }
}
