using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Assize.Identity.Scim;

/// <summary>Knows an agency by its provisioning token; which agency it is never comes from the request.</summary>
internal sealed class ScimAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IdentityDb db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "scim";
    public const string AgencyClaim = "agency";
    public const string TokenClaim = "token";
    private const string Prefix = "scim_";

    /// <summary>A new token, and what is kept of it.</summary>
    public static (string Id, string Token, string Hash) Make()
    {
        string id = RandomNumberGenerator.GetHexString(16, lowercase: true), secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (id, $"{Prefix}{id}.{secret}", HashOf(secret));
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer " + Prefix, StringComparison.OrdinalIgnoreCase) || header[("Bearer " + Prefix).Length..].Split('.') is not [{ Length: 16 } id, { Length: 64 } secret])
        {
            return AuthenticateResult.NoResult();
        }
        DateTimeOffset now = DirectoryWriter.Microseconds(TimeProvider.GetUtcNow());
        ScimToken? token = await db.ScimTokens.AsNoTracking().SingleOrDefaultAsync(
            known => known.Id == id && known.RevokedAt == null && known.ExpiresAt > now
                && db.Agencies.Any(agency => agency.Id == known.AgencyId && agency.Status == AccountStatus.Active), Context.RequestAborted);
        if (token is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token.Hash), Encoding.ASCII.GetBytes(HashOf(secret))))
        {
            return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        }
        ClaimsIdentity identity = new([new Claim(AgencyClaim, token.AgencyId), new Claim(TokenClaim, token.Id)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ScimAnswer.Error(StatusCodes.Status401Unauthorized, null, "The token is missing, unknown, expired or revoked. An administrator of the agency issues another.").ExecuteAsync(Context);
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
