using System.Security.Claims;
using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

/// <summary>What tokens say about an account: sub, name, agency and roles, as the directory has them at issue.</summary>
internal sealed class TokenIdentity(IdentityDb db, TimeProvider clock)
{
    /// <summary>Null where the account is unknown or not active, or its agency is not.</summary>
    public async Task<ClaimsPrincipal?> ForAsync(string subject, IEnumerable<string> scopes, CancellationToken ct)
    {
        var found = await db.Accounts.AsNoTracking().Include(account => account.Roles)
            .Where(account => account.Subject == subject && account.Status == AccountStatus.Active)
            .Join(db.Agencies.Where(agency => agency.Status == AccountStatus.Active), account => account.AgencyId, agency => agency.Id, (account, _) => account)
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }
        DateTimeOffset now = clock.GetUtcNow();
        return Principal(subject, found.Name, found.AgencyId, [.. found.Roles.Where(role => role.IsLive(now)).Select(role => role.Role).Order()], scopes);
    }

    /// <summary>Host itself, which has no agency and no role.</summary>
    public static ClaimsPrincipal ForHost(IEnumerable<string> scopes) => Principal(ClientNames.Host, "Assize", null, [], scopes);

    private static ClaimsPrincipal Principal(string subject, string name, string? agency, IReadOnlyList<string> roles, IEnumerable<string> scopes)
    {
        ClaimsIdentity identity = new("assize", Claims.Name, "roles");
        identity.SetClaim(Claims.Subject, subject).SetClaim(Claims.Name, name).SetClaim("agency", agency);
        identity.AddClaims(roles.Select(role => new Claim("roles", role)));
        ClaimsPrincipal principal = new(identity);
        principal.SetScopes(scopes);
        principal.SetResources(principal.GetScopes().Select(Audience).OfType<string>().Distinct());
        principal.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return principal;
    }

    private static string? Audience(string scope) => scope switch
    {
        ClientNames.ApiScope => ClientNames.Host,
        ClientNames.DirectoryScope => ClientNames.Self,
        _ => null,
    };
}
