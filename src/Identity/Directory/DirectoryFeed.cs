using Assize.Identity.Connect;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Directory;

internal static class DirectoryFeed
{
    private const int PageSize = 500;

    public static void MapDirectory(this WebApplication app) =>
        app.MapGet("/api/directory", ReadAsync).RequireAuthorization(Policies.Directory);

    private static async Task<Ok<DirectoryPage>> ReadAsync(IdentityDb db, CancellationToken ct, long after = 0)
    {
        // What is committed while the lists are read belongs to the next page, or one list could jump over another's change.
        long newest = await db.DirectoryStates.Select(state => state.Version).SingleAsync(ct);
        List<Agency> agencies = await db.Agencies.AsNoTracking().Where(x => x.Version > after && x.Version <= newest).OrderBy(x => x.Version).Take(PageSize).ToListAsync(ct);
        List<Team> teams = await db.Teams.AsNoTracking().Where(x => x.Version > after && x.Version <= newest).OrderBy(x => x.Version).Take(PageSize).ToListAsync(ct);
        List<Account> accounts = await db.Accounts.AsNoTracking().Include(x => x.Roles).Include(x => x.Teams).AsSplitQuery()
            .Where(x => x.Version > after && x.Version <= newest).OrderBy(x => x.Version).Take(PageSize).ToListAsync(ct);

        // Three lists in one order: what lies beyond a full list's end may have gaps, and is left for the next page.
        long[][] lists = [[.. agencies.Select(x => x.Version)], [.. teams.Select(x => x.Version)], [.. accounts.Select(x => x.Version)]];
        long end = lists.Min(list => list.Length == PageSize ? list[^1] : long.MaxValue);
        agencies.RemoveAll(x => x.Version > end);
        teams.RemoveAll(x => x.Version > end);
        accounts.RemoveAll(x => x.Version > end);
        long version = lists.SelectMany(list => list).Where(x => x <= end).DefaultIfEmpty(after).Max();

        ILookup<string, StatusPeriod> statuses = await StatusesAsync(db, [.. agencies.Select(x => x.Id), .. accounts.Select(x => x.Subject)], ct);
        ILookup<string, FormerRole> former = await FormerAsync(db, [.. accounts.Select(x => x.Subject)], ct);
        return TypedResults.Ok(new DirectoryPage(
            version,
            end != long.MaxValue,
            [.. agencies.Select(agency => Entry(agency, statuses[StatusPeriod.OfAgency + agency.Id]))],
            [.. accounts.Select(account => PersonEntries.Of(account, former[account.Subject], statuses[StatusPeriod.OfAccount + account.Subject]))],
            [.. teams.Select(team => new TeamEntry(team.Id, team.AgencyId, team.Name, team.Status))]));
    }

    private static async Task<ILookup<string, StatusPeriod>> StatusesAsync(IdentityDb db, string[] keys, CancellationToken ct) =>
        (await db.StatusPeriods.AsNoTracking().Where(period => keys.Contains(period.Key)).OrderBy(period => period.From).ToListAsync(ct)).ToLookup(period => period.Kind + period.Key);

    private static async Task<ILookup<string, FormerRole>> FormerAsync(IdentityDb db, string[] subjects, CancellationToken ct) =>
        (await db.FormerRoles.AsNoTracking().Where(role => subjects.Contains(role.Subject)).OrderBy(role => role.RecordedTo).ToListAsync(ct)).ToLookup(role => role.Subject);

    private static AgencyEntry Entry(Agency agency, IEnumerable<StatusPeriod> statuses) =>
        new(agency.Id, agency.Kind, agency.Name, agency.Status, agency.Area, [.. statuses.Select(PersonEntries.Of)]);
}
