using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Takes a draft away; what was published stays, and the text stays with whoever discarded it, as their copy.</summary>
public sealed class DiscardDraft(DraftingRights rights, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.DraftDefinition, definitionId, ct) is { } denied)
        {
            return denied;
        }
        if (await db.Drafts.SingleOrDefaultAsync(x => x.DefinitionId == definitionId, ct) is not { } draft)
        {
            return new DraftRefused("draft-not-found", "There is no draft.");
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        await DraftCopies.KeepAsync(db, caller, definitionId, draft.Text, now, ct);
        db.Remove(draft);
        if (await PublishedVersions.NewestAsync(db, definitionId, ct) == 0)
        {
            // Nothing is left of it, so its name is anybody's again.
            await db.OwnedDefinitions.Where(x => x.DefinitionId == definitionId).ExecuteDeleteAsync(ct);
        }
        await db.PublicationRequests.Where(x => x.DefinitionId == definitionId && x.State == PublicationState.Waiting)
            .ExecuteUpdateAsync(x => x.SetProperty(request => request.State, PublicationState.Superseded), ct);
        DraftAudit.Record(db, caller, AccessActions.DraftDefinition, definitionId, now, new { discarded = draft.Version });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new DraftDiscarded(definitionId);
    }
}
