using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Sessions;

/// <summary>What an agency's provider says by itself, in logout tokens and security events, is held against this.</summary>
/// <param name="Issuer">Its exact issuer.</param>
/// <param name="ClientId">What we are called there: the token's audience.</param>
/// <param name="Keys">Its published keys.</param>
public sealed record UpstreamTrust(string Issuer, string ClientId, IReadOnlyCollection<SecurityKey> Keys)
{
    private static readonly JsonWebTokenHandler s_reader = new() { MapInboundClaims = false };

    /// <summary>What a token ends instead of sessions: of an upstream that is not in use yet, its test.</summary>
    public Func<string?, string?, CancellationToken, Task>? Ends { get; init; }

    /// <summary>The token, where this provider signed it for us, with an id, within that time of now; otherwise null.</summary>
    internal async Task<JsonWebToken?> ReadAsync(string token, IEnumerable<string> types, TimeSpan window, DateTimeOffset now)
    {
        TokenValidationResult result = await s_reader.ValidateTokenAsync(token, Rules(types, now.UtcDateTime));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken valid)
        {
            return null;
        }
        TimeSpan age = now.UtcDateTime - valid.IssuedAt;
        return age <= window && age >= -window && valid.Id is { Length: > 0 } ? valid : null;
    }

    private TokenValidationParameters Rules(IEnumerable<string> types, DateTime now) => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = ClientId,
        ValidTypes = types,
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
        IssuerSigningKeys = Keys,
        RequireSignedTokens = true,
        RequireExpirationTime = false,
        LifetimeValidator = (_, expires, _, _) => expires is null || expires > now - TimeSpan.FromMinutes(1),
    };
}

/// <summary>
/// Finds whom to believe at an upstream's address: the one in use, and those that are tried; none where there is no such upstream, or it is withdrawn.
/// Asked <paramref name="afresh"/>, keys that the provider changed meanwhile are fetched. Federation's to provide.
/// </summary>
public delegate ValueTask<IReadOnlyList<UpstreamTrust>> FindUpstreamTrusts(string id, bool afresh, CancellationToken ct);
