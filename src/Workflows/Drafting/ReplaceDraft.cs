using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Puts a whole other text in the place of what a draft says, which stays as the caller's copy.</summary>
public sealed class ReplaceDraft(SaveDraft save, TimeProvider clock)
{
    /// <summary>For whoever is to be told.</summary>
    public const string Kept = "What the draft said before is kept as your copy, on the workflow’s page.";

    /// <summary>A workflow of a file, whatever its id and number there, in the place of this one's draft.</summary>
    /// <param name="revision">The draft that is replaced; null where it is the first.</param>
    /// <param name="window">As <see cref="SaveDraft"/> has it.</param>
    public Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, WorkflowDefinition file, int? revision, CancellationToken ct, string? window = null) =>
        RunAsync(db, caller, new SentWorkflow(DefinitionReader.Read(DraftText.Store(file, definitionId, file.Version, revision))), ct, window);

    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, SentDraft sent, CancellationToken ct, string? window = null)
    {
        WorkflowDraft? draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == sent.Key, ct);
        DraftAnswer answer = await save.RunAsync(db, caller, sent, ct, window);
        if (draft is not null && answer is DraftSaved && !sent.IsSameAs(draft.Text))
        {
            await DraftCopies.KeepAsync(db, caller, sent.Key, draft.Text, DraftAudit.Now(clock), ct);
            await db.SaveChangesAsync(ct);
        }
        return answer;
    }
}
