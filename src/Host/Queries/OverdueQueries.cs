using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>A review that nobody made in time, as an administrator sees it: neither case nor reason.</summary>
/// <param name="Who">Whoever took the access, by name within the own agency, else somebody of theirs.</param>
public sealed record OverdueItem(string Reference, string Who, string? Category, DateTimeOffset RaisedAt, DateTimeOffset DueAt);

/// <param name="Officers">The agency's privacy officers now.</param>
public sealed record OverdueReviews(IReadOnlyList<OverdueItem> Items, IReadOnlyList<string> Officers)
{
    public static OverdueReviews None { get; } = new([], []);
}

/// <summary>Reviews of an agency that are overdue, the oldest first.</summary>
public sealed class OverdueQueries(CaseDatabase database, IAccessEvaluator access, TimeProvider clock)
{
    private const int ReferenceLength = 8;

    public async Task<OverdueReviews> ListAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (!(await access.CheckAsync(db, caller, AccessActions.SeeOverdueReviews, AccessTarget.None, ct)).Allowed)
        {
            return OverdueReviews.None;
        }

        var now = clock.GetUtcNow();
        var rows = await db.Set<AccessReview>().AsNoTracking().Where(review => review.Agency == caller.Agency && review.ReviewedAt == null && review.DueAt <= now)
            .OrderBy(review => review.DueAt).ThenBy(review => review.Id).Take(Api.Cursor.LargestLimit)
            .Select(review => new
            {
                Review = review,
                Person = db.Set<Person>().FirstOrDefault(person => person.Subject == review.Subject),
                Category = db.Set<AccessGrant>().Where(grant => grant.Id == review.GrantId).Select(grant => grant.Category).FirstOrDefault(),
            }).ToListAsync(ct);
        var agencies = await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
        var officers = await db.Set<Person>().AsNoTracking()
            .Where(person => person.Agency == caller.Agency && person.Status == DirectoryStatus.Active && db.Set<HomeRole>().Any(role => role.Subject == person.Subject
                && role.Role == Roles.PrivacyOfficer && role.From <= now && (role.To == null || role.To > now) && (role.RecertifyBy == null || role.RecertifyBy > now)))
            .OrderBy(person => person.Name).Select(person => person.Name).ToListAsync(ct);
        return new OverdueReviews(
            [.. rows.Select(row => new OverdueItem(
                row.Review.Id[^Math.Min(ReferenceLength, row.Review.Id.Length)..], Named(row.Person), row.Category, row.Review.RaisedAt, row.Review.DueAt))],
            officers);

        string Named(Person? person) => person is null ? "Somebody"
            : person.Agency == caller.Agency ? person.Name : $"Somebody of {agencies.GetValueOrDefault(person.Agency) ?? person.Agency}";
    }
}
