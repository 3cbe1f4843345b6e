using Assize.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

internal static class UserInfo
{
    public static async Task<IResult> HandleAsync(HttpContext context, TokenIdentity identities, CancellationToken ct)
    {
        AuthenticateResult token = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (token.Principal?.GetClaim(TokenLife.SessionClaim) is not { } sid || await identities.ForAsync(sid, null, [], ct) is not { } now)
        {
            return TypedResults.Challenge(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidToken,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The session has ended, or the account is not active.",
                }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }
        return TypedResults.Ok(new
        {
            sub = now.GetClaim(Claims.Subject),
            name = now.GetClaim(Claims.Name),
            agency = now.GetClaim("agency"),
            roles = now.GetClaims("roles"),
        });
    }
}
