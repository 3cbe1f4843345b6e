using Assize.Identity.Federation;
using Assize.Identity.Sessions;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Assize.Identity.Connect;

internal static class EndSession
{
    /// <summary>Signs out at once where the request proves whose session it means; otherwise asks, since any page could have sent it.</summary>
    public static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery, SessionRegister sessions, ProviderSignOut provider, CancellationToken ct)
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
        string? token = sid is null ? null : await SessionCookie.UpstreamTokenAsync(context);
        PersonSession? ending = (sid ?? hinted) is { } id ? await sessions.FindAsync(id, ct) : null;
        if (ending is not null)
        {
            await sessions.EndAsync(ending.Id, "The person signed out.", ct);
        }
        await context.SignOutAsync(IdentityCookie.Scheme);
        if (ending?.Upstream is not null && await provider.OfferAsync(ending, token, Next(context), ct) is { } there)
        {
            return SignOutPage.Offer(there.Agency, there.Page, Next(context));
        }
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/connect/signed-out" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    // The address was held against the application's registration before this was called.
    private static string Next(HttpContext context)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        return request.PostLogoutRedirectUri is not { } back ? "/connect/signed-out"
            : request.State is { } state ? QueryHelpers.AddQueryString(back, OpenIddictConstants.Parameters.State, state) : back;
    }
}
