using System.Text.Json;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Sessions;

/// <summary>What a logout token of an agency's provider is held against.</summary>
/// <param name="Issuer">Its exact issuer.</param>
/// <param name="ClientId">What we are called there: the token's audience.</param>
/// <param name="Keys">Its published keys.</param>
public sealed record UpstreamTrust(string Issuer, string ClientId, IReadOnlyCollection<SecurityKey> Keys)
{
    /// <summary>What a token ends instead of sessions: of an upstream that is not in use yet, its test.</summary>
    public Func<string?, string?, CancellationToken, Task>? Ends { get; init; }
}

/// <summary>
/// Finds whom to believe at an upstream's address: the one in use, and those that are tried; none where there is no such upstream, or it is withdrawn.
/// Asked <paramref name="afresh"/>, keys that the provider changed meanwhile are fetched. Federation's to provide.
/// </summary>
public delegate ValueTask<IReadOnlyList<UpstreamTrust>> FindUpstreamTrusts(string id, bool afresh, CancellationToken ct);

/// <summary>Takes logout tokens from agencies' providers, and ends the sessions that they vouched for.</summary>
internal sealed class UpstreamLogout(SessionRegister sessions, SpentTokens spent, IdentityDb db, TimeProvider clock)
{
    /// <summary>The address that enrolment tells the agency to register.</summary>
    public const string Route = "/signin/agency/{id}/logout";

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);
    private static readonly JsonWebTokenHandler s_reader = new() { MapInboundClaims = false };

    public static async Task<Results<Ok, NotFound, BadRequest>> HandleAsync(HttpContext context, string id, UpstreamLogout receiver)
    {
        CancellationToken ct = context.RequestAborted;
        FindUpstreamTrusts find = context.RequestServices.GetRequiredService<FindUpstreamTrusts>();
        IReadOnlyList<UpstreamTrust> trusts = await find(id, false, ct);
        if (trusts.Count == 0)
        {
            return TypedResults.NotFound();
        }
        if (!context.Request.HasFormContentType || (await context.Request.ReadFormAsync(ct))["logout_token"].ToString() is not { Length: > 0 and < 8192 } token)
        {
            return TypedResults.BadRequest();
        }
        return await receiver.EndAsync(id, trusts, token, ct) || await receiver.EndAsync(id, await find(id, true, ct), token, ct) ? TypedResults.Ok() : TypedResults.BadRequest();
    }

    private async Task<bool> EndAsync(string upstream, IReadOnlyList<UpstreamTrust> trusts, string token, CancellationToken ct)
    {
        List<(UpstreamTrust Trust, JsonWebToken Token, string? Session, string? Subject)> believed = [];
        foreach (UpstreamTrust trust in trusts)
        {
            TokenValidationResult result = await s_reader.ValidateTokenAsync(token, Rules(trust));
            if (result.IsValid && result.SecurityToken is JsonWebToken valid && Named(valid) is { } named)
            {
                believed.Add((trust, valid, named.Session, named.Subject));
            }
        }
        if (believed is not [var (first, read, session, subject), ..])
        {
            return false;
        }

        // Each token ends something once: a copy kept for later would sign the person out again and again. One whose end failed is not spent, and may be sent again.
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await spent.SpendAsync($"logout:{first.Issuer}", read.Id, read.IssuedAt + (2 * s_window), ct))
        {
            return false;
        }
        foreach (UpstreamTrust trust in believed.Select(one => one.Trust))
        {
            await (trust.Ends is { } other ? other(session, subject, ct) : sessions.EndOfUpstreamAsync(upstream, session, subject, ct));
        }
        await transaction.CommitAsync(ct);
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
