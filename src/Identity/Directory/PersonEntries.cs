using System.Text.Json;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Directory;

/// <summary>Accounts as the feed tells of them.</summary>
internal static class PersonEntries
{
    public static async Task<PersonEntry> ReadAsync(IdentityDb db, string subject, CancellationToken ct) => Of(
        await db.Accounts.AsNoTracking().Include(account => account.Roles).Include(account => account.Teams).AsSplitQuery().SingleAsync(account => account.Subject == subject, ct),
        await db.FormerRoles.AsNoTracking().Where(role => role.Subject == subject).OrderBy(role => role.RecordedTo).ToListAsync(ct),
        await db.StatusPeriods.AsNoTracking().Where(period => period.Kind == StatusPeriod.OfAccount && period.Key == subject).OrderBy(period => period.From).ToListAsync(ct));

    public static PersonEntry Of(Account account, IEnumerable<FormerRole> former, IEnumerable<StatusPeriod> statuses) => new()
    {
        Subject = account.Subject,
        PersonId = account.PersonId ?? account.Subject,
        Name = account.Name,
        Agency = account.AgencyId,
        IsSystem = account.IsSystem,
        Status = account.Status,
        MovedAt = account.MovedAt,
        LeftAt = account.LeftAt,
        Roles = [.. account.Roles.OrderBy(role => role.From).Select(Of)],
        FormerRoles = [.. former.Select(Of)],
        Teams = [.. account.Teams.Select(team => team.TeamId).Order(StringComparer.Ordinal)],
        Statuses = [.. statuses.Select(Of)],
    };

    public static StatusEntry Of(StatusPeriod period) => new(period.Status, period.From, period.To);

    public static RoleEntry Of(HomeRole role) => Of(role.Superseded(DateTimeOffset.MaxValue)) with { RecordedTo = null };

    public static RoleEntry Of(FormerRole role) => new()
    {
        Role = role.Role,
        From = role.From,
        To = role.To,
        Jurisdiction = role.Jurisdiction,
        Agency = role.Agency,
        Area = role.Area,
        Court = role.Court,
        MaxClassification = role.MaxClassification,
        Authorisations = JsonSerializer.Deserialize<string[]>(role.Authorisations) ?? [],
        RecertifyBy = role.RecertifyBy,
        Process = role.Process,
        Reference = role.Reference,
        GivenBy = role.GivenBy,
        RecordedFrom = role.RecordedFrom,
        RecordedTo = role.RecordedTo,
    };
}
