using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Practice;

/// <summary>What somebody tries when they try a workflow.</summary>
internal static class DrawnForPractice
{
    /// <summary>The draft, where their rights let them see it, and where there is none the newest published version; null where there is neither.</summary>
    public static async Task<(WorkflowDefinition Drawn, bool IsDraft)?> FindAsync(CaseDb db, DraftingRights rights, Caller caller, string definitionId, CancellationToken ct)
    {
        string? draft = await rights.Drafts(db, caller).Where(x => x.DefinitionId == definitionId).Select(x => x.Text).SingleOrDefaultAsync(ct);
        string? text = draft ?? await PublishedVersions.TextAsync(db, definitionId, await PublishedVersions.NewestAsync(db, definitionId, ct), ct);
        return text is null ? null : (DefinitionReader.Read(text), draft is not null);
    }
}
