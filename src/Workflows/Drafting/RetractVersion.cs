using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Drafting;

/// <summary>Retracts the newest published version: its releases end, and no new case takes it. Cases that run on it go on.</summary>
public sealed class RetractVersion(DraftingRights rights, RuleCatalog rules, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, CancellationToken ct, DateTimeOffset? business = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, definitionId, ct) is { } denied)
        {
            return denied;
        }
        await CatalogVersion.RaiseAsync(db, ct);
        DateTimeOffset now = DraftAudit.Now(clock);
        ReleaseBook book = await ReleaseBook.OpenAsync(db, definitionId, ct);
        IReadOnlyList<int> live = await PublishedVersions.LiveNumbersAsync(db, definitionId, ct);
        if (live is [])
        {
            return new DraftRefused("not-published", "No version of it is published, so there is none to retract. Nothing was changed.");
        }
        if (live is not [var retracted, _, ..])
        {
            return new DraftRefused("nothing-to-fall-back-to", "No other version is published: new cases would have none. Publish another first.");
        }
        book.Retract(retracted, caller.DisplayName, now);
        if (!book.IsEmpty && !book.Plan.CoversEverything)
        {
            return new DraftRefused("nothing-to-fall-back-to", $"Version {retracted} is what every other new case takes: without it some would have none. Release another version first.");
        }
        await PublishedVersions.RetractAsync(db, definitionId, retracted, now, ct);
        await PublishedVersions.BeginAsync(db, definitionId, book.Plan, business ?? now, ct);
        int left = book.Plan.Choose(new NewInstance(London.Day(business ?? now), null, null, null, "")) is { } next ? next.Version : (await PublishedVersions.LiveNumbersAsync(db, definitionId, ct))[0];
        DraftAudit.Record(db, caller, AccessActions.ApprovePublication, definitionId, now, new { retracted, left });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return new VersionRetracted(definitionId, retracted, left);
    }
}
