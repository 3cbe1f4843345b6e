using System.Collections.Immutable;
using System.Security.Claims;
using Assize.Identity.Clients;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

internal static class Token
{
    public static async Task<IResult> HandleAsync(HttpContext context, TokenIdentity identities, CancellationToken ct)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        ClaimsPrincipal? principal = request.IsClientCredentialsGrantType()
            ? await OfClientAsync(request, identities, ct)
            : await OfCodeAsync(context, identities, ct);
        return principal is null ? Refuse() : TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<ClaimsPrincipal?> OfClientAsync(OpenIddictRequest request, TokenIdentity identities, CancellationToken ct) =>
        request.ClientId == ClientNames.Host
            ? TokenIdentity.ForHost(request.GetScopes())
            : await identities.ForAsync(request.ClientId!, Asked(request), ct);

    // A system that names no scope wants the one that it may have: it comes with a client id and a secret and knows no more.
    private static ImmutableArray<string> Asked(OpenIddictRequest request) => request.GetScopes() is { Length: > 0 } scopes ? scopes : [ClientNames.ApiScope];

    // The account is asked about again: between sign-in and now it may have been suspended.
    private static async Task<ClaimsPrincipal?> OfCodeAsync(HttpContext context, TokenIdentity identities, CancellationToken ct)
    {
        AuthenticateResult code = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return code.Principal is { } principal && await identities.ForAsync(principal.GetClaim(Claims.Subject)!, principal.GetScopes(), ct) is not null
            ? principal
            : null;
    }

    private static ForbidHttpResult Refuse() => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The account is not active.",
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
