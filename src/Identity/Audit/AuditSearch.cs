using System.Globalization;
using Assize.Audit;
using Assize.Identity.Administration;
using Assize.Identity.Administration.People;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Audit;

/// <param name="Person">Who did it, or to whom it was done: part of a name, or a subject.</param>
/// <param name="To">The first instant that is too late.</param>
/// <param name="After">As the page before gave it.</param>
internal sealed record AuditQuery(string? Person, string? Action, DateTimeOffset? From, DateTimeOffset? To, string? After);

/// <summary>A sealed record of the reader's own agency.</summary>
/// <param name="Name">Of who did it; null where it was no account of the agency.</param>
/// <param name="AboutName">Of the person or system that it was done to, where it was one of the agency's.</param>
/// <param name="Said">What somebody wrote, unless it was erased.</param>
internal sealed record AuditLine(
    long Sequence, DateTimeOffset At, string Actor, string? Name, string Action, string Kind, string About, string? AboutName, string? Said, bool Erased);

/// <summary>Looks things up in the log of an agency's accounts, the newest first. A record is there within a second, when it has its number.</summary>
internal sealed class AuditSearch(IdentityDb db)
{
    private const int Most = 25;
    private const int LongestSearch = 100;

    /// <summary>Null where the query cannot be.</summary>
    public async Task<Page<AuditLine>?> FindAsync(string agency, AuditQuery query, CancellationToken ct)
    {
        long before = long.MaxValue;
        if (query is { Person.Length: > LongestSearch } or { Action.Length: > LongestSearch } || (query.After is { } after && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before)))
        {
            return null;
        }
        List<AuditEntry> found = await Matching(agency, query).Where(entry => entry.Sequence < before).OrderByDescending(entry => entry.Sequence).Take(Most + 1).ToListAsync(ct);
        List<AuditEntry> page = [.. found.Take(Most)];
        string[] subjects = [.. page.SelectMany(entry => new[] { entry.Actor, entry.SubjectId }).Distinct()];
        Dictionary<string, string> names = await db.Accounts.AsNoTracking().Where(account => account.AgencyId == agency && subjects.Contains(account.Subject))
            .ToDictionaryAsync(account => account.Subject, account => account.Name, ct);
        return new Page<AuditLine>(
            [.. page.Select(entry => new AuditLine(
                entry.Sequence!.Value, entry.At, entry.Actor, names.GetValueOrDefault(entry.Actor), entry.Action, entry.SubjectKind, entry.SubjectId,
                names.GetValueOrDefault(entry.SubjectId), entry.Said, entry.SaidDigest is not null && entry.Said is null))],
            found.Count > Most ? page[^1].Sequence!.Value.ToString(CultureInfo.InvariantCulture) : null);
    }

    private IQueryable<AuditEntry> Matching(string agency, AuditQuery query)
    {
        IQueryable<AuditEntry> entries = db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Agency == agency && entry.Sequence != null
            && (query.Action == null || entry.Action == query.Action) && (query.From == null || entry.At >= query.From) && (query.To == null || entry.At < query.To));
        if (string.IsNullOrWhiteSpace(query.Person))
        {
            return entries;
        }
        string wanted = query.Person.Trim().ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // In SQL, where there is no culture.
        IQueryable<Account> people = db.Accounts.Where(account => account.AgencyId == agency && (account.Subject.ToLower() == wanted || account.Name.ToLower().Contains(wanted)));
#pragma warning restore CA1304, CA1311, CA1862
        // A request for a role stands in the log under its own id; whoever looks for its beneficiary means it too.
        IQueryable<RoleRequest> requests = db.RoleRequests.Where(request => people.Any(account => account.Subject == request.Subject));
        return entries.Where(entry => people.Any(account => account.Subject == entry.Actor || account.Subject == entry.SubjectId) || requests.Any(request => request.Id == entry.SubjectId));
    }
}
