using System.Security.Claims;
using System.Text.Json;
using Assize.Identity.Clients;
using Assize.Identity.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

/// <summary>
/// A client may act for the person whose token it holds, at one other audience that it is listed for: five minutes, one scope,
/// its own name as actor, and never from a token that was itself exchanged.
/// </summary>
internal sealed class TokenExchange(TokenIdentity identities, TimeProvider clock)
{
    private const string Actor = "act";
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private static readonly (string Client, string Audience, string Scope)[] s_allowed =
        [(ClientNames.Host, ClientNames.Administration, ClientNames.AdministrationScope)];

    public async Task<IResult> AnswerAsync(OpenIddictRequest request, ClaimsPrincipal token, CancellationToken ct)
    {
        if (Why(request, token) is { } refusal)
        {
            return Token.Refuse(refusal.Error, refusal.Why);
        }
        if (await identities.ForAsync(token.GetClaim(TokenLife.SessionClaim), request.ClientId, [ClientNames.AdministrationScope], ct) is not { } principal)
        {
            return Token.Refuse(Errors.InvalidGrant, "The session has ended, or the account is not active.");
        }
        using JsonDocument actor = JsonDocument.Parse($$"""{"sub":"{{request.ClientId}}"}""");
        principal.SetClaim(Actor, actor.RootElement.Clone());
        TimeSpan left = token.GetExpirationDate() - clock.GetUtcNow() is { } rest && rest < s_longest ? rest : s_longest;
        principal.SetAccessTokenLifetime(left);
        principal.SetIssuedTokenLifetime(left);
        return TypedResults.SignIn(TokenIdentity.Directed(principal), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static (string Error, string Why)? Why(OpenIddictRequest request, ClaimsPrincipal token)
    {
        string? audience = request.GetAudiences() is [{ } only] ? only : null;
        (string Client, string Audience, string Scope) pair = Array.Find(s_allowed, allowed => allowed.Client == request.ClientId && allowed.Audience == audience);
        return pair.Client is null ? (Errors.InvalidTarget, "This client may not exchange tokens for that audience.")
            : request.GetScopes() is not [] and not [ClientNames.AdministrationScope] ? (Errors.InvalidScope, $"An exchanged token carries the scope {pair.Scope} and no other.")
            : request.RequestedTokenType is not (null or "" or TokenTypeIdentifiers.AccessToken) || !string.IsNullOrEmpty(request.ActorToken)
                ? (Errors.InvalidRequest, "Only an access token can be asked for, and only for the client itself.")
            : token.HasClaim(Actor) ? (Errors.InvalidGrant, "A token that was exchanged cannot be exchanged again.")
            : !token.HasAudience(request.ClientId!) ? (Errors.InvalidGrant, "The token was not meant for this client.")
            : null;
    }
}
