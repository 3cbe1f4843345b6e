using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Assize.Host.Access;

/// <summary>Authorization code with PKCE at the identity server, answered in the query so that Lax cookies come along.</summary>
internal static class SignInFlow
{
    public static void Configure(OpenIdConnectOptions options, AccessSettings settings, HostClient client)
    {
        options.Authority = settings.IdentityUrl.AbsoluteUri;
        options.RequireHttpsMetadata = settings.IdentityUrl.Scheme == Uri.UriSchemeHttps;
        options.ClientId = HostClient.Id;
        options.ClientSecret = client.Secret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SignInScheme = SchemeNames.Cookie;
        options.CallbackPath = "/signin/callback";
        options.SignedOutCallbackPath = "/signout/done";
        options.SignedOutRedirectUri = "/";
        options.MapInboundClaims = false;
        options.TokenValidationParameters.NameClaimType = "name";
        options.TokenValidationParameters.RoleClaimType = "roles";
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("api");
        options.DisableTelemetry = true;
        Cookies(options, settings);
        options.Events.OnTokenValidated = KeepIdentityTokenOnly;
        options.Events.OnRedirectToIdentityProvider = RefuseScripts;
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static void Cookies(OpenIdConnectOptions options, AccessSettings settings)
    {
        (CookieBuilder Cookie, string Name)[] cookies =
            [(options.CorrelationCookie, "assize-host-correlation."), (options.NonceCookie, "assize-host-nonce.")];
        foreach ((CookieBuilder cookie, string name) in cookies)
        {
            cookie.Name = name;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }
    }

    // Sign-out needs it as a hint; an access token in a browser's cookie nobody needs.
    private static Task KeepIdentityTokenOnly(TokenValidatedContext context)
    {
        if (context.TokenEndpointResponse?.IdToken is { } token)
        {
            context.Properties!.StoreTokens([new AuthenticationToken { Name = "id_token", Value = token }]);
        }
        return Task.CompletedTask;
    }

    // A script of the designer cannot follow a redirect to a sign-in page.
    private static Task RefuseScripts(RedirectContext context)
    {
        if (context.Request.Path.StartsWithSegments("/elsa") || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method)))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.HandleResponse();
        }
        return Task.CompletedTask;
    }
}
