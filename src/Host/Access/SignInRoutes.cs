using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assize.Host.Access;

public static class SignInRoutes
{
    /// <summary>Maps <c>GET /signin</c> and <c>POST /signout</c>. The callbacks are the sign-in handler's own.</summary>
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/signin", (string? returnUrl) => TypedResults.Challenge(
            new AuthenticationProperties { RedirectUri = Local(returnUrl) }, [SchemeNames.OpenIdConnect])).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/signout", SignOutAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<Results<SignOutHttpResult, BadRequest>> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [SchemeNames.Cookie, SchemeNames.OpenIdConnect]);
    }

    /// <summary>Only a path on this site: "//elsewhere" and "/\elsewhere" are other sites.</summary>
    private static string Local(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
