using System.Security.Claims;
using Assize.Identity.Connect;
using Microsoft.AspNetCore.Authentication;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Sessions;

/// <summary>The browser's side of a session: a protected cookie that holds its id. Every sign-in makes a new one.</summary>
internal static class SessionCookie
{
    private const string UpstreamToken = "upstream-token";

    /// <summary>A larger one stays out: a provider signs out without it, too.</summary>
    private const int LongestToken = 6000;

    public static async Task<string?> ReadAsync(HttpContext context) =>
        (await context.AuthenticateAsync(IdentityCookie.Scheme)).Principal?.FindFirst(TokenLife.SessionClaim)?.Value;

    /// <summary>The identity token by which the agency's provider vouched for the person.</summary>
    public static async Task<string?> UpstreamTokenAsync(HttpContext context) =>
        (await context.AuthenticateAsync(IdentityCookie.Scheme)).Properties?.GetString(UpstreamToken);

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
        AuthenticationProperties properties = new() { IssuedUtc = session.StartedAt, ExpiresUtc = session.ExpiresAt };
        if (who.UpstreamToken is { Length: <= LongestToken } token)
        {
            properties.SetString(UpstreamToken, token);
        }
        await context.SignInAsync(IdentityCookie.Scheme, new ClaimsPrincipal(identity), properties);
    }
}
