using Assize.Identity.Connect;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Directory;

/// <summary>What changed in the directory after a version, oldest change first, a page at a time.</summary>
/// <param name="Version">Ask again after this one.</param>
/// <param name="More">There is more now.</param>
public sealed record DirectoryPage(long Version, bool More, IReadOnlyList<AgencyEntry> Agencies, IReadOnlyList<PersonEntry> People);

/// <param name="Kind">"police", "prosecutor", "court" or "defence".</param>
public sealed record AgencyEntry(string Id, string Kind, string Name, string Status);

/// <param name="IsSystem">An agency's system, whose subject is its client id.</param>
/// <param name="Roles">All roles that the account ever had.</param>
public sealed record PersonEntry(string Subject, string Name, string Agency, bool IsSystem, string Status, IReadOnlyList<RoleEntry> Roles);

/// <summary>Live from an instant (inclusive) to another (exclusive); UTC.</summary>
public sealed record RoleEntry(string Role, DateTimeOffset From, DateTimeOffset? To);

internal static class DirectoryFeed
{
    private const int PageSize = 500;

    public static void MapDirectory(this WebApplication app) =>
        app.MapGet("/api/directory", ReadAsync).RequireAuthorization(Policies.Directory);

    private static async Task<Ok<DirectoryPage>> ReadAsync(IdentityDb db, CancellationToken ct, long after = 0)
    {
        List<Agency> agencies = await db.Agencies.AsNoTracking().Where(x => x.Version > after).OrderBy(x => x.Version).Take(PageSize).ToListAsync(ct);
        List<Account> accounts = await db.Accounts.AsNoTracking().Include(x => x.Roles).Where(x => x.Version > after).OrderBy(x => x.Version).Take(PageSize).ToListAsync(ct);

        // Two lists in one order: what lies beyond a full list's end may have gaps, and is left for the next page.
        long end = Math.Min(agencies.Count == PageSize ? agencies[^1].Version : long.MaxValue, accounts.Count == PageSize ? accounts[^1].Version : long.MaxValue);
        agencies.RemoveAll(x => x.Version > end);
        accounts.RemoveAll(x => x.Version > end);
        long version = Math.Max(agencies.Count > 0 ? agencies[^1].Version : after, accounts.Count > 0 ? accounts[^1].Version : after);
        return TypedResults.Ok(new DirectoryPage(version, end != long.MaxValue, [.. agencies.Select(Entry)], [.. accounts.Select(Entry)]));
    }

    private static AgencyEntry Entry(Agency agency) => new(agency.Id, agency.Kind, agency.Name, agency.Status);

    private static PersonEntry Entry(Account account) => new(account.Subject, account.Name, account.AgencyId, account.IsSystem, account.Status,
        [.. account.Roles.OrderBy(role => role.From).Select(role => new RoleEntry(role.Role, role.From, role.To))]);
}
