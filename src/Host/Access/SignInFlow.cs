using Assize.Host.Wording;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Assize.Host.Access;

/// <summary>Authorization code with PKCE, pushed and signed with Host's key, answered in the query so that Lax cookies come along.</summary>
internal static class SignInFlow
{
    public const string Callback = "/signin/callback";

    /// <summary>Asks for a second factor, proved now.</summary>
    public const string StepUp = "assize.step-up";

    public static void Configure(OpenIdConnectOptions options, AccessSettings settings, HostClient client)
    {
        options.Authority = settings.IdentityUrl.AbsoluteUri;
        options.RequireHttpsMetadata = settings.IdentityUrl.Scheme == Uri.UriSchemeHttps;
        options.ClientId = HostClient.Id;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Require;
        options.SignInScheme = SchemeNames.Cookie;
        options.CallbackPath = Callback;
        options.SignedOutCallbackPath = "/signout/done";
        options.SignedOutRedirectUri = "/";
        options.MapInboundClaims = false;
        options.TokenValidationParameters.NameClaimType = "name";
        options.TokenValidationParameters.RoleClaimType = "roles";
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("api");
        options.DisableTelemetry = true;
        options.ClaimActions.Remove("acr");
        options.ClaimActions.Remove("auth_time");
        Cookies(options, settings);
        Sign(options.Events, client);

        // Our own address, whatever Host header the request came with.
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.PostLogoutRedirectUri = new Uri(settings.HostUrl, options.SignedOutCallbackPath).AbsoluteUri;
            return Task.CompletedTask;
        };
        options.Events.OnTokenValidated = KeepTokens;
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = new Uri(settings.HostUrl, Callback).AbsoluteUri;
            context.ProtocolMessage.UiLocales = Languages.IsWelsh ? Languages.Welsh : null;
            return GoOrRefuse(context);
        };
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static void Sign(OpenIdConnectEvents events, HostClient client)
    {
        events.OnPushAuthorization = context =>
        {
            context.ProtocolMessage.ClientAssertionType = HostClient.AssertionType;
            context.ProtocolMessage.ClientAssertion = client.Assertion();
            context.HandleClientAuthentication();
            return Task.CompletedTask;
        };
        events.OnAuthorizationCodeReceived = context =>
        {
            context.TokenEndpointRequest!.ClientAssertionType = HostClient.AssertionType;
            context.TokenEndpointRequest.ClientAssertion = client.Assertion();
            return Task.CompletedTask;
        };
    }

    private static void Cookies(OpenIdConnectOptions options, AccessSettings settings)
    {
        (CookieBuilder Cookie, string Name)[] cookies =
            [(options.CorrelationCookie, "assize-host-correlation."), (options.NonceCookie, "assize-host-nonce.")];
        foreach ((CookieBuilder cookie, string name) in cookies)
        {
            cookie.Name = settings.IsHttps ? "__Host-" + name : name;
            cookie.Path = "/";
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }
    }

    // In the database, never in the browser: the identity token is sign-out's hint, the access token asks about the session.
    private static Task KeepTokens(TokenValidatedContext context)
    {
        context.Properties!.StoreTokens(
        [
            new AuthenticationToken { Name = "id_token", Value = context.TokenEndpointResponse!.IdToken },
            new AuthenticationToken { Name = "access_token", Value = context.TokenEndpointResponse.AccessToken },
        ]);
        return Task.CompletedTask;
    }

    private static Task GoOrRefuse(RedirectContext context)
    {
        // A script of the designer cannot follow a redirect to a sign-in page.
        int? refusal = context.Request.Path.StartsWithSegments("/elsa") || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method))
            ? StatusCodes.Status401Unauthorized
            : SessionCheck.IsUnknown(context.HttpContext) ? StatusCodes.Status503ServiceUnavailable : null;
        if (refusal is { } status)
        {
            context.Response.StatusCode = status;
            context.HandleResponse();
        }
        else if (context.Properties.Items.ContainsKey(StepUp))
        {
            context.ProtocolMessage.AcrValues = "2";
            context.ProtocolMessage.Prompt = "login";
        }
        return Task.CompletedTask;
    }
}
