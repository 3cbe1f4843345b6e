using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Takes a draft away; what was published stays, and the text stays with whoever discarded it, as their copy.</summary>
public sealed class DiscardDraft(IAccessEvaluator access, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await access.CheckAsync(db, caller, AccessActions.DraftDefinition, AccessTarget.None, ct) is { Allowed: false } denied)
        {
            return new DraftRefused(denied.Code, denied.Reason);
        }
        if (await db.Drafts.SingleOrDefaultAsync(x => x.DefinitionId == definitionId && x.Agency == caller.Agency, ct) is not { } draft)
        {
            return new DraftRefused("draft-not-found", "There is no draft.");
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        await DraftCopies.KeepAsync(db, caller, definitionId, draft.Text, now, ct);
        db.Remove(draft);
        await db.PublicationRequests.Where(x => x.DefinitionId == definitionId && x.State == PublicationState.Waiting)
            .ExecuteUpdateAsync(x => x.SetProperty(request => request.State, PublicationState.Superseded), ct);
        DraftAudit.Record(db, caller, AccessActions.DraftDefinition, definitionId, now, new { discarded = draft.Version });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new DraftDiscarded(definitionId);
    }
}
