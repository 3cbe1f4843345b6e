using System.Security.Claims;
using Assize.Identity.Connect;
using Microsoft.AspNetCore.Authentication;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Sessions;

/// <summary>The browser's side of a session: a protected cookie that holds its id. Every sign-in makes a new one.</summary>
internal static class SessionCookie
{
    public static async Task<string?> ReadAsync(HttpContext context) =>
        (await context.AuthenticateAsync(IdentityCookie.Scheme)).Principal?.FindFirst(TokenLife.SessionClaim)?.Value;

    /// <summary>Starts a session for whoever proved who they are, in place of the one that this browser had.</summary>
    public static async Task SignInAsync(HttpContext context, SignedIn who)
    {
        SessionRegister sessions = context.RequestServices.GetRequiredService<SessionRegister>();
        if (await ReadAsync(context) is { } earlier)
        {
            await sessions.EndAsync(earlier, "The person signed in again.", context.RequestAborted);
        }
        PersonSession session = await sessions.StartAsync(who, context.Connection.RemoteIpAddress, context.RequestAborted);
        ClaimsIdentity identity = new([new Claim(Claims.Subject, session.Subject), new Claim(TokenLife.SessionClaim, session.Id)], IdentityCookie.Scheme);
        await context.SignInAsync(IdentityCookie.Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IssuedUtc = session.StartedAt, ExpiresUtc = session.ExpiresAt });
    }
}
