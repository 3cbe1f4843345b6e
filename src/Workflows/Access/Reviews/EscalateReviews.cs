using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Reviews;

/// <summary>Marks reviews that nobody made in time, for the agency's administrators; until they are made, their subject can take no further access.</summary>
public sealed class EscalateReviews(TimeProvider clock)
{
    private const int AtMost = 200;

    /// <returns>How many were escalated now.</returns>
    public async Task<int> RunAsync(CaseDb db, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<AccessReview> late = await db.Set<AccessReview>()
            .Where(review => review.ReviewedAt == null && review.EscalatedAt == null && review.DueAt <= now).OrderBy(review => review.DueAt).Take(AtMost).ToListAsync(ct);
        foreach (AccessReview review in late)
        {
            review.EscalatedAt = now;
            db.Add(AuditLog.Entry($"escalated:{review.Id}", now, Caller.Assize, "access.escalate", ("review", review.Id)));
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Another host was a moment quicker: the audit row's id is the review's, so it is written once.
            db.ChangeTracker.Clear();
            return 0;
        }
        return late.Count;
    }
}
