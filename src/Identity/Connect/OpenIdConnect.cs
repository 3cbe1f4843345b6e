using Assize.Identity.Clients;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Authorization;
using OpenIddict.Abstractions;
using OpenIddict.Server;
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
                validation.AddAudiences(ClientNames.Self, ClientNames.Administration);
                validation.EnableTokenEntryValidation();
                validation.EnableAuthorizationEntryValidation();
            });
        services.AddScoped<TokenIdentity>().AddScoped<TokenExchange>().AddScoped<Token>().AddScoped<TokenFamily>();
        AddPolicies(services);
    }

    private static void AddPolicies(IServiceCollection services)
    {
        services.AddScoped<IAuthorizationHandler, LiveTokenHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Directory, policy => policy
                .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
                .RequireAssertion(context => context.User.HasScope(ClientNames.DirectoryScope)))
            .AddPolicy(Policies.Administration, policy => policy
                .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
                .RequireAssertion(context => context.User.HasScope(ClientNames.AdministrationScope) && context.User.HasAudience(ClientNames.Administration))
                .AddRequirements(new LiveToken()));
    }

    private static void Configure(OpenIddictServerBuilder server, IdentitySettings settings)
    {
        server.SetIssuer(settings.Url);
        server.SetAuthorizationEndpointUris("connect/authorize").SetPushedAuthorizationEndpointUris("connect/par").SetTokenEndpointUris("connect/token")
            .SetIntrospectionEndpointUris("connect/introspect").SetRevocationEndpointUris("connect/revoke")
            .SetUserInfoEndpointUris("connect/userinfo").SetEndSessionEndpointUris("connect/logout");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow().AllowClientCredentialsFlow().AllowTokenExchangeFlow();
        server.RegisterScopes(Scopes.OpenId, Scopes.OfflineAccess, ClientNames.ApiScope, ClientNames.DirectoryScope);
        server.RegisterAudiences(ClientNames.Administration);
        server.RegisterClaims(Claims.Name, "agency", "roles", TokenLife.SessionClaim, Claims.AuthenticationContextReference, Claims.AuthenticationTime);
        Restrict(server);
        if (settings.MutualTlsUrl is { } second)
        {
            BindToCertificates(server, second);
        }
        OpenIddictServerAspNetCoreBuilder web = server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
            .EnableUserInfoEndpointPassthrough().EnableEndSessionEndpointPassthrough().EnableStatusCodePagesIntegration();
        if (!settings.IsHttps)
        {
            web.DisableTransportSecurityRequirement();
        }
    }

    private static void BindToCertificates(OpenIddictServerBuilder server, Uri second)
    {
        server.UseClientCertificateBoundAccessTokens();
        server.SetMtlsTokenEndpointAliasUri(new Uri(second, "/connect/token")).SetMtlsRevocationEndpointAliasUri(new Uri(second, "/connect/revoke"));
        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor);
    }

    private static void Restrict(OpenIddictServerBuilder server)
    {
        // A token is a handle into the database: revoked is revoked, and nothing can be read from it.
        server.UseReferenceAccessTokens().UseReferenceRefreshTokens();
        server.SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1));
        server.SetAccessTokenLifetime(TimeSpan.FromHours(1));
        server.SetRefreshTokenLifetime(SessionRegister.Longest).DisableSlidingRefreshTokenExpiration().SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
            options.SubjectTokenTypes.IntersectWith([TokenTypeIdentifiers.AccessToken]);
            options.RequestedTokenTypes.IntersectWith([TokenTypeIdentifiers.AccessToken]);
            options.ActorTokenTypes.Clear();

            // A pushed request has to outlast a sign-in at an agency.
            options.RequestTokenLifetime = TimeSpan.FromMinutes(15);
        });
        server.AddEventHandler(LiveTokensOnly.Descriptor);
        server.AddEventHandler(AssertionsOnce.Descriptor);
        server.AddEventHandler(ClientPace.Descriptor);

        // Also without an address for certificates: a client that is registered for bound tokens gets none then.
        server.AddEventHandler(Certificates.Descriptor);
        server.AddEventHandler(RefreshOnce.Descriptor);
        server.AddEventHandler(SpentAgain.Descriptor);
        server.AddEventHandler(PushedInstant.Descriptor);
        server.AddEventHandler(WrongVerifiers.Descriptor);
        server.AddEventHandler(LogoutMetadata.Descriptor);
    }
}

/// <summary>Asks of a token that whoever it speaks for still may.</summary>
internal sealed class LiveToken : IAuthorizationRequirement;

internal sealed class LiveTokenHandler(TokenLife life) : AuthorizationHandler<LiveToken>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, LiveToken requirement)
    {
        if (await life.IsLiveAsync(context.User, CancellationToken.None))
        {
            context.Succeed(requirement);
        }
    }
}
