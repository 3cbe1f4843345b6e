using System.Text;
using Assize.Identity.Administration.Erasures;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.People;

/// <param name="Subject">These only; at most 100.</param>
internal sealed record PeopleQuery(string? Agency, string? Search, string? Status, string? Role, string? Team, string? After, int? Limit, string[]? Subject);

/// <param name="Roles">Those that are live.</param>
/// <param name="Held">All that have not ended.</param>
internal sealed record PersonLine(
    string Subject, string Name, string? Title, string Status, IReadOnlyList<string> Roles, DateTimeOffset? NextDue, IReadOnlyList<HeldName> Held);

/// <summary>A role by its name within the account.</summary>
internal sealed record HeldName(string Id, string Role);

/// <param name="After">Ask again with it; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? After);

/// <summary>A role with its name within the account and what has become of it: "live", "later", "ended" or "overdue".</summary>
internal sealed record HeldRole(string Id, string State, RoleEntry Role);

internal sealed record PersonDetail(
    PersonEntry Person, string? Title, string? UserName, string? ExternalId, string? Email, DateTimeOffset? CreatedAt, IReadOnlyList<HeldRole> Roles, IReadOnlyList<RequestEntry> Requests, bool IsErased);

/// <param name="Own">The reader's own: somebody else certifies it.</param>
internal sealed record DueRole(string Subject, string Name, string Id, string Role, DateTimeOffset RecertifyBy, bool Overdue, bool Own);

/// <param name="Review">To be sent with certifying several: says since when they have been looked at.</param>
internal sealed record DueRoles(IReadOnlyList<DueRole> Items, string? After, string Review);

internal sealed class PeopleList(IdentityDb db, ReviewClock reviews)
{
    private const int Usual = 25;
    private const int Most = 100;
    private const int LongestSearch = 100;

    public async Task<Outcome> ListAsync(Admin admin, DateTimeOffset now, PeopleQuery query, CancellationToken ct)
    {
        if (query.Agency is not null && query.Agency != admin.Agency.Id)
        {
            return Outcome.NotFound("agency");
        }
        if (query.Search is { Length: > LongestSearch } || !Cursor.TryRead(query.After, out string[] after, 2) || query.Limit is < 1 or > Most || query.Subject is { Length: > Most })
        {
            return Outcome.Invalid("query", $"Expected a search of at most {LongestSearch} characters, a limit between 1 and {Most}, and “after” as it was given.");
        }
        int limit = query.Limit ?? Usual;
        List<Account> found = await Filtered(admin, now, query, after).OrderBy(account => account.Name).ThenBy(account => account.Subject)
            .Include(account => account.Roles).Take(limit + 1).ToListAsync(ct);
        List<PersonLine> items = [.. found.Take(limit).Select(account => Line(account, now))];
        return Outcome.Done(new Page<PersonLine>(items, found.Count > limit ? Cursor.Of(items[^1].Name, items[^1].Subject) : null));
    }

    public async Task<Outcome> DetailAsync(Admin admin, DateTimeOffset now, string subject, CancellationToken ct)
    {
        Account? account = await db.Accounts.AsNoTracking().Include(known => known.Roles)
            .SingleOrDefaultAsync(known => known.Subject == subject && known.AgencyId == admin.Agency.Id && !known.IsSystem, ct);
        if (account is null)
        {
            return Outcome.NotFound("person");
        }
        List<RoleRequest> requests = await db.RoleRequests.AsNoTracking().Where(request => request.Subject == subject && request.Status == RequestStatus.Requested)
            .OrderBy(request => request.RequestedAt).ToListAsync(ct);
        return Outcome.Done(new PersonDetail(
            await PersonEntries.ReadAsync(db, subject, ct), account.Title, account.UserName, account.ExternalId, account.Email, account.CreatedAt,
            [.. account.Roles.OrderBy(role => role.From).Select(role => new HeldRole(role.Id, State(role, now), PersonEntries.Of(role)))],
            await RoleRequests.EntriesAsync(db, requests, ct), account.Name == ErasePerson.Erased));
    }

    public async Task<Outcome> DueAsync(Admin admin, DateTimeOffset now, int within, string? after, CancellationToken ct)
    {
        if (within is < 0 or > 365 || !Cursor.TryRead(after, out string[] cursor, 3))
        {
            return Outcome.Invalid("query", "Expected “within” between 0 and 365 days, and “after” as it was given.");
        }
        DateTimeOffset until = now.AddDays(within);
        DateTimeOffset since = cursor.Length == 0 ? DateTimeOffset.MinValue : DateTimeOffset.UnixEpoch.AddTicks(long.Parse(cursor[0], System.Globalization.CultureInfo.InvariantCulture));
        (string last, string lastRole) = cursor.Length == 0 ? ("", "") : (cursor[1], cursor[2]);
        var found = await db.HomeRoles.AsNoTracking()
            .Where(role => role.RecertifyBy != null && role.RecertifyBy <= until && (role.To == null || role.To > now))
            .Join(db.Accounts.Where(account => account.AgencyId == admin.Agency.Id && !account.IsSystem && account.Status != AccountStatus.Left), role => role.Subject, account => account.Subject, (role, account) => new { role, account })
            .Where(row => cursor.Length == 0 || row.role.RecertifyBy > since || (row.role.RecertifyBy == since
                && (row.role.Subject.CompareTo(last) > 0 || (row.role.Subject == last && row.role.Role.CompareTo(lastRole) > 0))))
            .OrderBy(row => row.role.RecertifyBy).ThenBy(row => row.role.Subject).ThenBy(row => row.role.Role).Take(Usual + 1).ToListAsync(ct);
        List<DueRole> items = [.. found.Take(Usual).Select(row =>
            new DueRole(row.account.Subject, row.account.Name, row.role.Id, row.role.Role, row.role.RecertifyBy!.Value, row.role.RecertifyBy <= now, admin.Is(row.account)))];
        string? next = found.Count > Usual ? Cursor.Of((items[^1].RecertifyBy - DateTimeOffset.UnixEpoch).Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture), items[^1].Subject, items[^1].Role) : null;
        return Outcome.Done(new DueRoles(items, next, reviews.Begin(admin.Account.Subject, now)));
    }

    public async Task<Outcome> CatalogueAsync(Admin admin, CancellationToken ct)
    {
        List<RoleDefinition> roles = await db.RoleDefinitions.AsNoTracking().Where(role => role.Delegable).OrderBy(role => role.Name).ToListAsync(ct);
        return Outcome.Done(new
        {
            mostClassification = admin.MaxClassification,
            roles = roles.Where(role => role.Fits(admin.Agency.Kind))
                .Select(role => new { role.Role, role.Name, role.AdminLevel, role.MaxClassification, role.RecertifyDays, needsSecond = RoleRules.NeedsSecond(admin, role) }),
        });
    }

    private IQueryable<Account> Filtered(Admin admin, DateTimeOffset now, PeopleQuery query, string[] after)
    {
        IQueryable<Account> people = db.Accounts.AsNoTracking().Where(account => account.AgencyId == admin.Agency.Id && !account.IsSystem);
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            string pattern = "%" + Escaped(query.Search.Trim().ToLowerInvariant()) + "%";
#pragma warning disable CA1304, CA1311, CA1862 // In SQL, where there is no culture.
            people = people.Where(account => EF.Functions.Like(account.Name.ToLower(), pattern, "\\")
                || (account.UserName != null && EF.Functions.Like(account.UserName.ToLower(), pattern, "\\")) || EF.Functions.Like(account.Subject, pattern, "\\"));
#pragma warning restore CA1304, CA1311, CA1862
        }
        if (query.Subject is { Length: > 0 } subjects)
        {
            people = people.Where(account => subjects.Contains(account.Subject));
        }
        if (query.Status is { } status)
        {
            people = people.Where(account => account.Status == status);
        }
        if (query.Role is { } role)
        {
            people = people.Where(account => account.Roles.Any(held => held.Role == role && held.From <= now && (held.To == null || held.To > now)));
        }
        if (query.Team is { } team)
        {
            people = people.Where(account => account.Teams.Any(member => member.TeamId == team));
        }
        if (after is [string name, string subject])
        {
            people = people.Where(account => account.Name.CompareTo(name) > 0 || (account.Name == name && account.Subject.CompareTo(subject) > 0));
        }
        return people;
    }

    private static PersonLine Line(Account account, DateTimeOffset now) => new(
        account.Subject, account.Name, account.Title, account.Status,
        [.. account.Roles.Where(role => role.IsLive(now)).Select(role => role.Role).Distinct().Order(StringComparer.Ordinal)],
        account.Roles.Where(role => !(role.To <= now)).Min(role => role.RecertifyBy),
        [.. account.Roles.Where(role => !(role.To <= now)).OrderBy(role => role.Id, StringComparer.Ordinal).Select(role => new HeldName(role.Id, role.Role))]);

    private static string State(HomeRole role, DateTimeOffset now) =>
        role.To <= now ? "ended" : role.From > now ? "later" : role.RecertifyBy <= now ? "overdue" : "live";

    private static string Escaped(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}

/// <summary>Where a page ended, opaque to whoever asks on.</summary>
internal static class Cursor
{
    public static string Of(params IEnumerable<string> parts) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    public static bool TryRead(string? cursor, out string[] parts, int count)
    {
        parts = [];
        if (string.IsNullOrEmpty(cursor))
        {
            return true;
        }
        try
        {
            parts = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor)).Split('\n');
            return parts.Length == count && !parts.Any(part => part.Contains('\0'));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
