using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Drafting;

/// <summary>A text that cannot even be drawn is no draft; it stays as the caller's copy, however long, and they are told what is wrong with it.</summary>
public sealed class KeepUnreadable(DraftingRights rights, TimeProvider clock)
{
    public async Task<DraftRefused> RunAsync(CaseDb db, Caller caller, string definitionId, string text, DefinitionUnreadable unreadable, CancellationToken ct)
    {
        if (await rights.RefusalAsync(db, caller, AccessActions.DraftDefinition, ct) is { } denied)
        {
            return denied;
        }
        await DraftCopies.KeepAsync(db, caller, definitionId, text, DraftAudit.Now(clock), ct);
        await db.SaveChangesAsync(ct);
        return new DraftRefused(
            "definition-unreadable",
            "This cannot be drawn. It is kept as it was sent, as your copy: under “Versions” of the workflow you save it as a file, and bring it in again once it is mended. The draft is as it was.")
        {
            Problems = unreadable.Problems,
        };
    }
}
