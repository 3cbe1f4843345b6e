using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>An access that somebody took for themselves, as their agency's or the owner's privacy officer sees it.</summary>
/// <param name="Who">By name within the reviewer's own agency, else somebody of theirs.</param>
/// <param name="Case">The reference; a sealed case is named to those only who have it.</param>
public sealed record ReviewRow(AccessReview Review, AccessGrant? Grant, string Who, string Case)
{
    /// <summary>The case is sealed and the officer does not have it: what was written about it is not shown.</summary>
    public required bool IsSealed { get; init; }

    public string? Reason => IsSealed ? null : Grant?.Reason;

    public bool IsOverdue(DateTimeOffset now) => Review.ReviewedAt is null && Review.DueAt <= now;
}

public sealed class ReviewQueries(CaseDatabase database, IAccessEvaluator access)
{
    private const int Recent = 20;

    /// <summary>Those to be looked at, the most urgent first.</summary>
    public Task<IReadOnlyList<ReviewRow>> OpenAsync(Caller caller, CancellationToken ct) =>
        ListAsync(caller, mine => mine.Where(review => review.ReviewedAt == null).OrderBy(review => review.DueAt).ThenBy(review => review.Id).Take(Api.Cursor.LargestLimit), ct);

    /// <summary>Those looked at last.</summary>
    public Task<IReadOnlyList<ReviewRow>> DoneAsync(Caller caller, CancellationToken ct) =>
        ListAsync(caller, mine => mine.Where(review => review.ReviewedAt != null).OrderByDescending(review => review.ReviewedAt).ThenBy(review => review.Id).Take(Recent), ct);

    public async Task<ReviewRow?> FindAsync(Caller caller, string id, CancellationToken ct) => (await ListAsync(caller, mine => mine.Where(review => review.Id == id), ct)).SingleOrDefault();

    private async Task<IReadOnlyList<ReviewRow>> ListAsync(Caller caller, Func<IQueryable<AccessReview>, IQueryable<AccessReview>> choose, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (!(await access.CheckAsync(db, caller, AccessActions.ReviewAccess, AccessTarget.None, ct)).Allowed)
        {
            return [];
        }

        var reviews = await choose(db.Set<AccessReview>().AsNoTracking().Where(review => review.Agency == caller.Agency)).ToListAsync(ct);
        string[] grantIds = [.. reviews.Select(review => review.GrantId)], caseIds = [.. reviews.Select(review => review.UnitId)], subjects = [.. reviews.Select(review => review.Subject)];
        var grants = await db.Set<AccessGrant>().AsNoTracking().Where(grant => grantIds.Contains(grant.Id)).ToDictionaryAsync(grant => grant.Id, ct);
        var people = await db.Set<Person>().AsNoTracking().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, ct);
        var agencies = await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
        var visible = access.VisibleCases(db, caller);
        var urns = await db.Cases.AsNoTracking().Where(file => caseIds.Contains(file.Id) && (!file.Sealed || visible.Any(seen => seen.Id == file.Id)))
            .ToDictionaryAsync(file => file.Id, file => file.Urn, ct);
        return [.. reviews.Select(review => new ReviewRow(
            review, grants.GetValueOrDefault(review.GrantId), Named(people.GetValueOrDefault(review.Subject)), urns.GetValueOrDefault(review.UnitId) ?? "A sealed case")
        {
            IsSealed = !urns.ContainsKey(review.UnitId),
        })];

        string Named(Person? person) => person is null ? "Somebody"
            : person.Agency == caller.Agency ? person.Name : $"Somebody of {agencies.GetValueOrDefault(person.Agency) ?? person.Agency}";
    }
}
