using Assize.Identity.Sessions;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Assize.Identity.Connect;

internal static class EndSession
{
    /// <summary>Signs out at once where the request proves whose session it means; otherwise asks, since any page could have sent it.</summary>
    public static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery, SessionRegister sessions, CancellationToken ct)
    {
        string? sid = await SessionCookie.ReadAsync(context);
        AuthenticateResult hint = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        string? hinted = hint.Principal?.GetClaim(TokenLife.SessionClaim);
        bool proven = sid is null || hinted == sid
            || (HttpMethods.IsPost(context.Request.Method) && await antiforgery.IsRequestValidAsync(context));
        if (!proven)
        {
            return SignOutPage.Ask(context, antiforgery);
        }
        if ((sid ?? hinted) is { } ending)
        {
            await sessions.EndAsync(ending, "The person signed out.", ct);
        }
        await context.SignOutAsync(IdentityCookie.Scheme);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/connect/signed-out" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
