using System.Collections.Immutable;
using System.Security.Claims;
using Assize.Identity.Clients;
using Assize.Identity.Operations;
using Assize.Identity.Sessions;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

/// <summary>Answers the token endpoint once the protocol's checks have passed. The session is asked about again at every turn.</summary>
internal sealed class Token(TokenIdentity identities, TokenExchange exchange, SessionRegister sessions, ClientLogout logout, Pace pace)
{
    public static Task<IResult> HandleAsync(HttpContext context, Token token, CancellationToken ct) => token.AnswerAsync(context, ct);

    private async Task<IResult> AnswerAsync(HttpContext context, CancellationToken ct)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        if (pace.Client(request.ClientId!) is { } wait)
        {
            return new TooMany(wait);
        }
        if (request.IsClientCredentialsGrantType())
        {
            return Answer(await OfClientAsync(request, ct));
        }
        AuthenticateResult presented = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (presented.Principal?.GetClaim(Claims.Subject) is { } subject && pace.Subject(subject) is { } pause)
        {
            return new TooMany(pause);
        }
        return presented.Principal is not { } principal ? Answer(null)
            : request.IsTokenExchangeGrantType() ? await exchange.AnswerAsync(request, principal, ct)
            : Answer(await OfPersonAsync(request, principal, ct));
    }

    private async Task<ClaimsPrincipal?> OfClientAsync(OpenIddictRequest request, CancellationToken ct) =>
        request.ClientId == ClientNames.Host
            ? TokenIdentity.ForHost(request.GetScopes())
            : await identities.ForSystemAsync(request.ClientId!, Asked(request), ct);

    // A system that names no scope wants the one that it may have: it comes with a client id and a secret and knows no more.
    private static ImmutableArray<string> Asked(OpenIddictRequest request) => request.GetScopes() is { Length: > 0 } scopes ? scopes : [ClientNames.ApiScope];

    private async Task<ClaimsPrincipal?> OfPersonAsync(OpenIddictRequest request, ClaimsPrincipal presented, CancellationToken ct)
    {
        string? sid = presented.GetClaim(TokenLife.SessionClaim);
        ClaimsPrincipal? now = await identities.ForAsync(sid, request.ClientId, presented.GetScopes(), ct);
        if (now is not null && request.IsAuthorizationCodeGrantType())
        {
            await sessions.JoinAsync(sid!, request.ClientId!, await logout.AddressAsync(request.ClientId!, ct), ct);
        }
        return now;
    }

    private static IResult Answer(ClaimsPrincipal? principal) => principal is null
        ? Refuse(Errors.InvalidGrant, "The session has ended, or the account is not active.")
        : TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    internal static ForbidHttpResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
