using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration;

/// <summary>Who administers, as the directory has them at this moment; what their token says of roles is not asked.</summary>
internal sealed record Admin(Account Account, Agency Agency, int Level, string MaxClassification)
{
    public const int OfAgency = 2;
    public const int OfPlatform = 3;

    public bool IsPlatform => Level == OfPlatform;

    public AuditActor Actor => new(Account.Subject, Account.AgencyId);

    /// <summary>Also through another account of the same human.</summary>
    public bool Is(Account other) => other.Subject == Account.Subject || (other.PersonId is not null && other.PersonId == Account.PersonId);

    /// <summary>Null where the account administers nothing now.</summary>
    public static async Task<Admin?> FindAsync(IdentityDb db, string? subject, DateTimeOffset now, CancellationToken ct)
    {
        Account? account = await db.Accounts.Include(known => known.Roles)
            .SingleOrDefaultAsync(known => known.Subject == subject && !known.IsSystem && known.Status == AccountStatus.Active, ct);
        Agency? agency = account is null ? null : await db.Agencies.SingleOrDefaultAsync(known => known.Id == account.AgencyId && known.Status == AccountStatus.Active, ct);
        if (account is null || agency is null)
        {
            return null;
        }
        (string role, int level) = agency.Kind == AgencyKind.Platform ? (RoleCatalogue.PlatformAdmin, OfPlatform) : (RoleCatalogue.AgencyAdmin, OfAgency);
        string? most = account.Roles.Where(held => held.Role == role && held.IsLive(now)).Select(held => held.MaxClassification).MaxBy(Classification.Rank);
        return most is null ? null : new Admin(account, agency, level, most);
    }
}
