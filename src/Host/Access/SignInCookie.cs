using Microsoft.AspNetCore.Authentication.Cookies;

namespace Assize.Host.Access;

internal static class SignInCookie
{
    public static void Configure(CookieAuthenticationOptions options, AccessSettings settings)
    {
        // On http://localhost the identity server shares the browser's cookie jar: the names must differ.
        options.Cookie.Name = settings.IsHttps ? "__Host-assize-host" : "assize-host";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = false;
        options.ForwardChallenge = SchemeNames.OpenIdConnect;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }
}
