using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Makes the draft say what a published version said. What the draft said before stays as the caller's copy.</summary>
public sealed class RevertDraft(ReplaceDraft replace)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, int version, CancellationToken ct)
    {
        if (await PublishedVersions.TextAsync(db, definitionId, version, ct) is not { } text)
        {
            return new DraftRefused("version-not-found", $"Version {version} was never published.");
        }
        WorkflowDraft? draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == definitionId, ct);
        return await replace.RunAsync(db, caller, SentDraft.Of(definitionId, text, draft?.Revision), ct);
    }
}
