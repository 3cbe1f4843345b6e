using System.Security.Claims;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Assize.Identity.Federation.Enrolment;

/// <param name="Person">The human behind the account: two accounts of one person are one administrator.</param>
internal sealed record PlatformAdmin(string Subject, string Agency, string Person);

/// <summary>Who runs the platform now: the role is asked of the directory each time, not of the token.</summary>
internal sealed class PlatformAdmins(IdentityDb db, TimeProvider clock)
{
    public Task<PlatformAdmin?> FindAsync(ClaimsPrincipal user, CancellationToken ct) => FindAsync(user.GetClaim(OpenIddictConstants.Claims.Subject), ct);

    public async Task<PlatformAdmin?> FindAsync(string? subject, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Account? account = await db.Accounts.AsNoTracking().Include(known => known.Roles)
            .SingleOrDefaultAsync(known => known.Subject == subject && known.Status == AccountStatus.Active && !known.IsSystem, ct);
        return account?.Roles.Exists(role => role.Role == RoleCatalogue.PlatformAdmin && role.IsLive(now)) == true
            ? new PlatformAdmin(account.Subject, account.AgencyId, account.PersonId ?? account.Subject)
            : null;
    }

    /// <summary>The human behind an account, whether or not they still run the platform.</summary>
    public Task<string?> HumanOfAsync(string subject, CancellationToken ct) =>
        db.Accounts.Where(account => account.Subject == subject).Select(account => account.PersonId ?? account.Subject).SingleOrDefaultAsync(ct);
}
