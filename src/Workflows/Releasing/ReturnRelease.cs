using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Releasing;

/// <summary>Takes a release back for new cases, in one go and by one person: they take what they took before it. Cases that began on it go on.</summary>
public sealed class ReturnRelease(DraftingRights rights, RuleCatalog rules, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, int number, string reason, CancellationToken ct, DateTimeOffset? business = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, definitionId, ct) is { } denied)
        {
            return denied;
        }
        await CatalogVersion.RaiseAsync(db, ct);
        ReleaseBook book = await ReleaseBook.OpenAsync(db, definitionId, ct);
        if (book.Find(number) is not { } release)
        {
            return new DraftRefused("release-not-found", "There is no such release of this workflow.");
        }
        if (release.State != ReleaseState.Live)
        {
            return new DraftRefused("release-ended", $"{ReleaseWords.Name(release)} takes no new cases any more. Nothing was changed.");
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        book.End(release, caller.DisplayName, now, reason);
        if (!book.Plan.CoversEverything)
        {
            return new DraftRefused("nothing-to-fall-back-to", $"{ReleaseWords.Name(release)} is what every other new case takes: without it some would have no version. Release another version first.");
        }
        await PublishedVersions.BeginAsync(db, definitionId, book.Plan, business ?? now, ct);
        DraftAudit.Record(db, caller, AccessActions.ApprovePublication, definitionId, now, new { returned = number, release.Version, reason });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return new ReleaseReturned(release);
    }
}
