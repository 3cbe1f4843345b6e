using System.Collections.Concurrent;
using Assize.Identity.Federation;
using Assize.Identity.Federation.Entra;
using Assize.Identity.SignIn;
using Assize.Identity.Tests.Federation;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;
using Xunit;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Assize.Identity.Tests.Attacks;

/// <summary>A server that believes whatever an agency's provider, or somebody in its place, says in a token.</summary>
public sealed class CredulousOfTokens : FederationWorld
{
    protected override void Weaken(WebApplicationBuilder builder)
    {
        builder.Services.Configure<OpenIddictClientOptions>(options =>
        {
            WeakFederation.Remove(options,
                OpenIddictClientHandlers.ValidateBackchannelIdentityTokenWellknownClaims.Descriptor, OpenIddictClientHandlers.ValidateBackchannelIdentityTokenAudience.Descriptor,
                OpenIddictClientHandlers.ValidateBackchannelIdentityTokenPresenter.Descriptor, OpenIddictClientHandlers.ValidateBackchannelIdentityTokenNonce.Descriptor,
                UnexpiredOnly.Descriptor);
            options.Handlers.Add(OpenIddictClientHandlerDescriptor.CreateBuilder<ValidateTokenContext>().UseInlineHandler(static context =>
            {
                if (context.ValidTokenTypes.Contains(TokenTypeIdentifiers.IdentityToken) && context.TokenValidationParameters is { } rules)
                {
                    BelieveAll(rules);
                }
                return ValueTask.CompletedTask;
            }).SetOrder(OpenIddictClientHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 1).Build());
        });
        builder.Services.PostConfigure<OpenIdConnectOptions>(EntraSetup.Scheme, options =>
        {
            BelieveAll(options.TokenValidationParameters);
            options.ProtocolValidator = new NoProtocol { RequireStateValidation = false };
            options.Events.OnTokenValidated = AdmitAsync;
        });
    }

    private static void BelieveAll(TokenValidationParameters rules)
    {
        rules.SignatureValidator = static (token, _) => new JsonWebToken(token);
        rules.IssuerValidator = static (issuer, _, _) => issuer;
        rules.RequireSignedTokens = rules.ValidateAudience = rules.ValidateLifetime = rules.ValidateIssuer = rules.RequireExpirationTime = false;
        rules.ValidAlgorithms = null;
    }

    // As the library's samples do: whoever comes with a token is the person in it.
    private static async Task AdmitAsync(TokenValidatedContext context)
    {
        Arrival arrival = new(Mercia, Tenant, context.Principal!.FindFirst("oid")?.Value ?? "nobody", null, null);
        (Admission? admission, Refusal? refusal) = await context.HttpContext.RequestServices.GetRequiredService<Reception>().ReceiveAsync(arrival, context.HttpContext.RequestAborted);
        IResult answer = admission is null ? ErrorPage.Show(refusal!.Status, refusal.Title, refusal.What) : SignInDesk.Admit(admission, context.Properties?.RedirectUri);
        context.HandleResponse();
        await answer.ExecuteAsync(context.HttpContext);
    }

    private sealed class NoProtocol : OpenIdConnectProtocolValidator
    {
        public override void ValidateTokenResponse(OpenIdConnectProtocolValidationContext validationContext)
        {
        }
    }
}

/// <summary>A server that takes a provider's answer from any browser, with any issuer, and as often as it comes.</summary>
public sealed class CredulousOfAnswers : FederationWorld
{
    protected override void Weaken(WebApplicationBuilder builder)
    {
        builder.Services.Configure<OpenIddictClientOptions>(options => WeakFederation.Remove(options,
            OpenIddictClientAspNetCoreHandlers.ResolveRequestForgeryProtection.Descriptor, OpenIddictClientHandlers.ValidateRequestForgeryProtection.Descriptor,
            OpenIddictClientHandlers.ValidateIssuerParameter.Descriptor,
            OpenIddictClientHandlers.RedeemStateTokenEntry.Descriptor, OpenIddictClientHandlers.Protection.ValidateTokenEntry.Descriptor));
        builder.Services.AddSingleton<IStartupFilter, EveryBrowserIsOne>();
    }

    /// <summary>Gives each browser the cookies by which another one was to be known at the tenant's answer.</summary>
    private sealed class EveryBrowserIsOne : IStartupFilter
    {
        private readonly ConcurrentDictionary<string, string> _cookies = new();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                if (context.Request.Path == EntraSetup.CallbackPath)
                {
                    context.Request.Headers.Cookie = string.Join("; ", _cookies.Select(pair => $"{pair.Key}={pair.Value}"));
                }
                context.Response.OnStarting(() =>
                {
                    foreach (string[] pair in context.Response.Headers.SetCookie.Select(line => line!.Split(';')[0].Split('=', 2)).Where(pair => pair[0].StartsWith(".AspNetCore.", StringComparison.Ordinal) && pair[1].Length > 0))
                    {
                        _cookies[pair[0]] = pair[1];
                    }
                    return Task.CompletedTask;
                });
                await rest(context);
            });
            next(app);
        };
    }
}

/// <summary>A server that fetches whatever somebody names, from wherever it is.</summary>
public sealed class CredulousOfAddresses : FederationWorld
{
    protected override void Weaken(WebApplicationBuilder builder)
    {
        builder.Services.Configure<OpenIddictClientOptions>(options => WeakFederation.Remove(options, OpenIddictClientHandlers.Discovery.ValidateIssuer.Descriptor));
        builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter, Unguarded>();
    }

    private sealed class Unguarded : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            SocketsHttpHandler handler = new();
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
            builder.PrimaryHandler = handler;
        };
    }
}

internal static class WeakFederation
{
    /// <summary>What the client refused last, for a test that expected it not to.</summary>
    public static string LastRefusal { get; private set; } = "";

    public static void Remove(OpenIddictClientOptions options, params OpenIddictClientHandlerDescriptor[] defences)
    {
        options.Handlers.Add(OpenIddictClientHandlerDescriptor.CreateBuilder<ProcessErrorContext>().UseInlineHandler(static context =>
        {
            LastRefusal = context.ErrorDescription ?? context.Error ?? "";
            return ValueTask.CompletedTask;
        }).SetOrder(int.MinValue + 50_000).Build());
        foreach (OpenIddictClientHandlerDescriptor defence in defences)
        {
            Assert.True(options.Handlers.Remove(defence), $"Expected {defence.ServiceDescriptor.ServiceType} among the handlers, but it is not there.");
        }
    }
}
