using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Makes the draft say what a published version said. What the draft said before stays as the caller's copy.</summary>
public sealed class RevertDraft(SaveDraft save, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, int version, CancellationToken ct)
    {
        if (await PublishedVersions.TextAsync(db, definitionId, version, ct) is not { } text)
        {
            return new DraftRefused("version-not-found", $"Version {version} of this workflow was never published.");
        }
        WorkflowDraft? draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == definitionId, ct);
        DraftAnswer answer = await save.RunAsync(db, caller, DraftText.WithRevision(DefinitionReader.Read(text), draft?.Revision), ct);
        if (draft is not null && answer is DraftSaved)
        {
            await KeepAsync(db, caller, draft, ct);
        }
        return answer;
    }

    private async Task KeepAsync(CaseDb db, Caller caller, WorkflowDraft draft, CancellationToken ct)
    {
        await db.Set<DraftCopy>().Where(x => x.DefinitionId == draft.DefinitionId && x.SavedBy == caller.Subject).ExecuteDeleteAsync(ct);
        db.Add(new DraftCopy
        {
            DefinitionId = draft.DefinitionId,
            SavedBy = caller.Subject,
            Text = draft.Text,
            SavedAt = DraftAudit.Now(clock),
        });
        await db.SaveChangesAsync(ct);
    }
}
