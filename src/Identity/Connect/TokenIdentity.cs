using System.Security.Claims;
using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

/// <summary>What tokens say about an account: sub, name, agency and roles, as the directory has them at issue, and which sign-in they come from.</summary>
internal sealed class TokenIdentity(IdentityDb db, SessionRegister sessions, TimeProvider clock)
{
    private static readonly TimeSpan s_ordinary = TimeSpan.FromHours(1);

    /// <summary>Null where the session has ended, or its account or agency is not active.</summary>
    public async Task<ClaimsPrincipal?> ForAsync(string? sessionId, string? client, IEnumerable<string> scopes, CancellationToken ct)
    {
        if (await sessions.LiveAsync(sessionId, ct) is not { } session || await FindAsync(session.Subject, ct) is not { } account)
        {
            return null;
        }
        ClaimsPrincipal principal = Principal(account.Subject, account.Name, account.AgencyId, Live(account), scopes);
        ((ClaimsIdentity)principal.Identity!).SetClaim(TokenLife.SessionClaim, session.Id)
            .SetClaim(Claims.AuthenticationContextReference, session.Acr)
            .SetClaim(Claims.AuthenticationTime, (session.ProvedAt ?? session.StartedAt).ToUnixTimeSeconds());

        // Nothing outlives the session. Host keeps its token on the server for as long as its cookie is good, and asks about it every five seconds.
        TimeSpan left = session.ExpiresAt - clock.GetUtcNow();
        principal.SetAccessTokenLifetime(client == ClientNames.Host || left < s_ordinary ? left : s_ordinary);
        principal.SetRefreshTokenLifetime(left);
        return Directed(principal);
    }

    /// <summary>An agency's system; null where it is unknown or not active, or its agency is not.</summary>
    public async Task<ClaimsPrincipal?> ForSystemAsync(string client, IEnumerable<string> scopes, CancellationToken ct) =>
        await FindAsync(client, ct) is { IsSystem: true } account ? Directed(Principal(client, account.Name, account.AgencyId, Live(account), scopes)) : null;

    /// <summary>Host itself, which has no agency and no role.</summary>
    public static ClaimsPrincipal ForHost(IEnumerable<string> scopes) => Directed(Principal(ClientNames.Host, "Assize", null, [], scopes));

    private Task<Account?> FindAsync(string subject, CancellationToken ct) => db.Accounts.AsNoTracking().Include(account => account.Roles)
        .Where(account => account.Subject == subject && account.Status == AccountStatus.Active)
        .Where(account => db.Agencies.Any(agency => agency.Id == account.AgencyId && agency.Status == AccountStatus.Active))
        .SingleOrDefaultAsync(ct);

    private List<string> Live(Account account)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return [.. account.Roles.Where(role => role.IsLive(now)).Select(role => role.Role).Distinct().Order()];
    }

    private static ClaimsPrincipal Principal(string subject, string name, string? agency, List<string> roles, IEnumerable<string> scopes)
    {
        ClaimsIdentity identity = new("assize", Claims.Name, "roles");
        identity.SetClaim(Claims.Subject, subject).SetClaim(Claims.Name, name).SetClaim("agency", agency);
        identity.AddClaims(roles.Select(role => new Claim("roles", role)));
        ClaimsPrincipal principal = new(identity);
        principal.SetScopes(scopes);
        principal.SetResources(principal.GetScopes().Select(Audience).OfType<string>().Distinct());
        return principal;
    }

    internal static ClaimsPrincipal Directed(ClaimsPrincipal principal)
    {
        principal.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return principal;
    }

    private static string? Audience(string scope) => scope switch
    {
        ClientNames.ApiScope => ClientNames.Host,
        ClientNames.DirectoryScope => ClientNames.Self,
        ClientNames.AdministrationScope => ClientNames.Administration,
        _ => null,
    };
}
