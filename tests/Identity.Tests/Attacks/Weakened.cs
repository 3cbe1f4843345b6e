using System.Net;
using Assize.Identity.Connect;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Server;
using Xunit;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Which defences a server of the attack tests lacks. Each attack must fail on the whole server and succeed where its defence is gone.</summary>
public enum Defences { All, AllAndLimits, NoRequestChecks, NoReplayChecks, NoSignatures, NoLimits }

/// <summary>One server of each kind, started when first asked for.</summary>
public sealed class AttackServers : IAsyncLifetime
{
    private readonly Dictionary<Defences, RunningServer> _servers = [];
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<RunningServer> GetAsync(Defences defences)
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_servers.TryGetValue(defences, out RunningServer? server))
            {
                _servers[defences] = server = await RunningServer.StartAsync(change: settings => Change(settings, defences), adjust: builder => Weaken(builder, defences));
            }
            return server;
        }
        finally
        {
            _gate.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (RunningServer server in _servers.Values)
        {
            await server.DisposeAsync();
        }
        _gate.Dispose();
    }

    private static IdentitySettings Change(IdentitySettings settings, Defences defences) => defences == Defences.NoLimits
        ? settings with { RequestsPerTenSeconds = 1_000_000, RequestsPerClient = 1_000_000, RequestsPerSubject = 1_000_000, Proxies = [IPNetwork.Parse("127.0.0.0/8")] }
        : defences == Defences.AllAndLimits ? settings with { RequestsPerTenSeconds = 300 }
        : settings with { RequestsPerTenSeconds = 100_000, RequestsPerSubject = 100_000 };

    private static void Weaken(WebApplicationBuilder builder, Defences defences)
    {
        switch (defences)
        {
            case Defences.NoRequestChecks:
                builder.Services.PostConfigure<OpenIddictServerOptions>(WithoutRequestChecks);
                builder.Services.Replace(ServiceDescriptor.Singleton<IAntiforgery, NoAntiforgery>());
                break;
            case Defences.NoReplayChecks:
                builder.Services.PostConfigure<OpenIddictServerOptions>(WithoutReplayChecks);
                break;
            case Defences.NoSignatures:
                // Before the handlers are put in order, or it would come last.
                builder.Services.Configure<OpenIddictServerOptions>(WithoutSignatures);
                break;
            case Defences.NoLimits:
                builder.Services.Configure<KestrelServerOptions>(kestrel =>
                {
                    kestrel.Limits.MaxRequestBodySize = null;
                    kestrel.Limits.MinRequestBodyDataRate = null;
                });
                builder.Services.PostConfigure<FormOptions>(forms => forms.ValueCountLimit = int.MaxValue);
                break;
            default:
                break;
        }
    }

    private static void WithoutRequestChecks(OpenIddictServerOptions options)
    {
        options.RequireProofKeyForCodeExchange = false;
        options.CodeChallengeMethods.Add(CodeChallengeMethods.Plain);
        options.IgnoreScopePermissions = options.DisableScopeValidation = options.IgnoreEndpointPermissions = options.IgnoreGrantTypePermissions = options.IgnoreResponseTypePermissions = true;
        options.IgnoreAudiencePermissions = options.DisableAudienceValidation = true;
        foreach (OpenIddictServerHandlerDescriptor defence in (OpenIddictServerHandlerDescriptor[])
        [
            OpenIddictServerHandlers.Authentication.ValidateClientRedirectUri.Descriptor,
            OpenIddictServerHandlers.Authentication.ValidateRedirectUriParameter.Descriptor,
            OpenIddictServerHandlers.Authentication.ValidatePushedClientRedirectUri.Descriptor,
            OpenIddictServerHandlers.Authentication.ValidatePushedRedirectUriParameter.Descriptor,
            OpenIddictServerHandlers.Authentication.ValidateProofKeyForCodeExchangeParameters.Descriptor,
            OpenIddictServerHandlers.Authentication.ValidateProofKeyForCodeExchangeRequirement.Descriptor,
            OpenIddictServerHandlers.Authentication.ValidatePushedAuthorizationRequestsRequirement.Descriptor,
            OpenIddictServerHandlers.Authentication.ValidateRequestParameter.Descriptor,
            OpenIddictServerHandlers.Exchange.ValidateAuthorizedParty.Descriptor,
            OpenIddictServerHandlers.Exchange.ValidateRedirectUri.Descriptor,
            OpenIddictServerHandlers.Exchange.ValidateCodeVerifier.Descriptor,
            OpenIddictServerHandlers.Exchange.ValidateProofKeyForCodeExchangeParameters.Descriptor,
            OpenIddictServerHandlers.Exchange.ValidateProofKeyForCodeExchangeRequirement.Descriptor,
            OpenIddictServerHandlers.Introspection.ValidateAuthorizedParty.Descriptor,
            OpenIddictServerHandlers.ValidateClientSecret.Descriptor,
            OpenIddictServerHandlers.ValidateClientType.Descriptor,
            WrongVerifiers.Descriptor,
        ])
        {
            Assert.True(options.Handlers.Remove(defence), $"Expected {defence.ServiceDescriptor.ServiceType} among the handlers, but it is not there.");
        }
    }

    private static void WithoutReplayChecks(OpenIddictServerOptions options)
    {
        foreach (OpenIddictServerHandlerDescriptor defence in (OpenIddictServerHandlerDescriptor[])
        [
            OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor,
            OpenIddictServerHandlers.Protection.ValidateAuthorizationEntry.Descriptor,
            OpenIddictServerHandlers.RedeemTokenEntry.Descriptor,
            AssertionsOnce.Descriptor,
            RefreshOnce.Descriptor,
            SpentAgain.Descriptor,
            WrongVerifiers.Descriptor,
            Assize.Identity.Sessions.LiveTokensOnly.Descriptor,
        ])
        {
            Assert.True(options.Handlers.Remove(defence), $"Expected {defence.ServiceDescriptor.ServiceType} among the handlers, but it is not there.");
        }
    }

    private static void WithoutSignatures(OpenIddictServerOptions options)
    {
        options.Handlers.Remove(OpenIddictServerHandlers.Protection.ValidateExpirationDate.Descriptor);
        options.Handlers.Remove(OpenIddictServerHandlers.Protection.ValidateAudiences.Descriptor);
        options.Handlers.Remove(AssertionsOnce.Descriptor);
        options.Handlers.Add(OpenIddictServerHandlerDescriptor.CreateBuilder<OpenIddictServerEvents.ValidateTokenContext>()
            .UseInlineHandler(static context =>
            {
                if (context.TokenValidationParameters is { } rules)
                {
                    rules.SignatureValidator = static (token, _) => new JsonWebToken(token);
                    rules.RequireSignedTokens = rules.ValidateAudience = rules.ValidateLifetime = rules.ValidateIssuer = false;
                    rules.ValidAlgorithms = null;
                }
                return ValueTask.CompletedTask;
            })
            .SetOrder(OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 1).Build());
    }

    private sealed class NoAntiforgery : IAntiforgery
    {
        private static readonly AntiforgeryTokenSet s_tokens = new("none", "none", "form_token", null);

        public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => s_tokens;

        public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => s_tokens;

        public Task<bool> IsRequestValidAsync(HttpContext httpContext) => Task.FromResult(true);

        public void SetCookieTokenAndHeader(HttpContext httpContext)
        {
        }

        public Task ValidateRequestAsync(HttpContext httpContext) => Task.CompletedTask;
    }
}
