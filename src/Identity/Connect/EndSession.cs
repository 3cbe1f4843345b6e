using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

internal static class EndSession
{
    /// <summary>Signs out at once where the request proves whose session it means; otherwise asks, since any page could have sent it.</summary>
    public static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery)
    {
        AuthenticateResult signedIn = await context.AuthenticateAsync(IdentityCookie.Scheme);
        AuthenticateResult hint = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        string? subject = signedIn.Principal?.FindFirst(Claims.Subject)?.Value;
        bool proven = subject is null || hint.Principal?.GetClaim(Claims.Subject) == subject
            || (HttpMethods.IsPost(context.Request.Method) && await antiforgery.IsRequestValidAsync(context));
        if (!proven)
        {
            return SignOutPage.Ask(context, antiforgery);
        }
        await context.SignOutAsync(IdentityCookie.Scheme);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/connect/signed-out" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
