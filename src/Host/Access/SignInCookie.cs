using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Assize.Host.Access;

internal static class SignInCookie
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    // The claim by which the framework's cookie names the stored sign-in.
    private const string StoredKey = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    public static void Configure(CookieAuthenticationOptions options, AccessSettings settings, TicketStore tickets)
    {
        // On http://localhost the identity server shares the browser's cookie jar: the names must differ.
        options.Cookie.Name = settings.IsHttps ? "__Host-assize-host" : "assize-host";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new NewAtSignIn();
        options.SessionStore = tickets;
        options.ExpireTimeSpan = Longest;
        options.SlidingExpiration = false;
        options.ForwardChallenge = SchemeNames.OpenIdConnect;
        options.Events.OnValidatePrincipal = AskAsync;
        options.Events.OnSigningIn = context => ForgetAsync(context, tickets);
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    // Whoever signs in anew leaves nothing behind that an older cookie opens.
    private static Task ForgetAsync(CookieSigningInContext context, TicketStore tickets)
    {
        string? cookie = new ChunkingCookieManager().GetRequestCookie(context.HttpContext, context.Options.Cookie.Name!);
        return context.Options.TicketDataFormat.Unprotect(cookie)?.Principal.FindFirst(StoredKey)?.Value is { } key ? tickets.RemoveAsync(key) : Task.CompletedTask;
    }

    // However old the cookie is: the session behind it was alive within the last five seconds, or nobody is signed in.
    private static async Task AskAsync(CookieValidatePrincipalContext context)
    {
        SessionCheck check = context.HttpContext.RequestServices.GetRequiredService<SessionCheck>();
        string? token = context.Properties.GetTokenValue("access_token");
        switch (await check.AskAsync(token, context.HttpContext.RequestAborted))
        {
            case SessionState.Live:
                SessionCheck.Keep(context.HttpContext, token);
                return;
            case SessionState.NotKnown:
                context.RejectPrincipal();
                SessionCheck.MarkUnknown(context.HttpContext);
                return;
            default:
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(SchemeNames.Cookie);
                return;
        }
    }

    /// <summary>A sign-in never goes on with the key that the browser came with, which somebody else may have put there.</summary>
    private sealed class NewAtSignIn : ICookieManager
    {
        private readonly ChunkingCookieManager _cookies = new();

        public string? GetRequestCookie(HttpContext context, string key) =>
            context.Request.Path.Equals(SignInFlow.Callback, StringComparison.OrdinalIgnoreCase) ? null : _cookies.GetRequestCookie(context, key);

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _cookies.AppendResponseCookie(context, key, value, options);

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, key, options);
    }
}
