using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Sessions;

/// <summary>What a logout token of an agency's provider is held against.</summary>
/// <param name="Issuer">Its exact issuer.</param>
/// <param name="ClientId">What we are called there: the token's audience.</param>
/// <param name="Keys">Its published keys.</param>
public sealed record UpstreamTrust(string Issuer, string ClientId, IReadOnlyCollection<SecurityKey> Keys);

/// <summary>Finds an upstream by the id in its addresses; null where there is none, or it is withdrawn. Federation's to provide.</summary>
public delegate ValueTask<UpstreamTrust?> FindUpstreamTrust(string id, CancellationToken ct);

/// <summary>Takes logout tokens from agencies' providers, and ends the sessions that they vouched for.</summary>
internal sealed class UpstreamLogout(SessionRegister sessions, SpentTokens spent, TimeProvider clock)
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);
    private static readonly JsonWebTokenHandler s_reader = new() { MapInboundClaims = false };

    public static async Task<Results<Ok, NotFound, BadRequest>> HandleAsync(HttpContext context, string id, UpstreamLogout receiver)
    {
        CancellationToken ct = context.RequestAborted;
        UpstreamTrust? trust = context.RequestServices.GetService<FindUpstreamTrust>() is { } find ? await find(id, ct) : null;
        if (trust is null)
        {
            return TypedResults.NotFound();
        }
        return context.Request.HasFormContentType && (await context.Request.ReadFormAsync(ct))["logout_token"].ToString() is { Length: > 0 and < 8192 } token
            && await receiver.EndAsync(id, trust, token, ct)
            ? TypedResults.Ok()
            : TypedResults.BadRequest();
    }

    public async Task<bool> EndAsync(string upstream, UpstreamTrust trust, string token, CancellationToken ct)
    {
        TokenValidationResult result = await s_reader.ValidateTokenAsync(token, Rules(trust));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read || Named(read) is not { } named)
        {
            return false;
        }

        // Each token ends something once: a copy kept for later would sign the person out again and again.
        if (!await spent.SpendAsync($"logout:{trust.Issuer}", read.Id, read.IssuedAt + (2 * s_window), ct))
        {
            return false;
        }
        await sessions.EndOfUpstreamAsync(upstream, named.Session, named.Subject, ct);
        return true;
    }

    private (string? Session, string? Subject)? Named(JsonWebToken token)
    {
        TimeSpan age = clock.GetUtcNow().UtcDateTime - token.IssuedAt;
        string? session = token.TryGetPayloadValue("sid", out string sid) && sid.Length > 0 ? sid : null;
        string? subject = token.Subject is { Length: > 0 } sub ? sub : null;
        bool fits = age <= s_window && age >= -s_window && token.Id is { Length: > 0 } && !token.TryGetPayloadValue("nonce", out object _)
            && token.TryGetPayloadValue("events", out JsonElement events) && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty(LogoutTokens.Event, out JsonElement what) && what.ValueKind == JsonValueKind.Object
            && (session ?? subject) is not null;
        return fits ? (session, subject) : null;
    }

    private TokenValidationParameters Rules(UpstreamTrust trust) => new()
    {
        ValidIssuer = trust.Issuer,
        ValidAudience = trust.ClientId,

        // Providers that predate the type say JWT; what it is, the events say.
        ValidTypes = [LogoutTokens.Type, "JWT"],
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
        IssuerSigningKeys = trust.Keys,
        RequireSignedTokens = true,
        RequireExpirationTime = false,
        LifetimeValidator = (_, expires, _, _) => expires is null || expires > clock.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(1),
    };
}
