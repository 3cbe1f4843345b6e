using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assize.Host.Access;

public static class SignInRoutes
{
    /// <summary>
    /// Maps <c>GET /signin</c> (<c>acr=2</c> asks for a second factor now), <c>POST /signout</c> and <c>POST /signout/backchannel</c>.
    /// The callbacks are the sign-in handler's own.
    /// </summary>
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/signin", SignIn).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/signout", SignOutAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/signout/backchannel", LogoutReceiver.HandleAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static ChallengeHttpResult SignIn(string? returnUrl, string? acr)
    {
        AuthenticationProperties properties = new() { RedirectUri = Local(returnUrl) };
        if (acr == "2")
        {
            properties.Items[SignInFlow.StepUp] = acr;
        }
        return TypedResults.Challenge(properties, [SchemeNames.OpenIdConnect]);
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
