using Assize.Engine.Definitions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Practice;

/// <summary>What somebody of an agency tries when they try a workflow.</summary>
internal static class DrawnForPractice
{
    /// <summary>The draft of the agency, and where there is none the newest published version; null where there is neither.</summary>
    public static async Task<(WorkflowDefinition Drawn, bool IsDraft)?> FindAsync(CaseDb db, string agency, string definitionId, CancellationToken ct)
    {
        string? draft = await db.Drafts.Where(x => x.DefinitionId == definitionId && x.Agency == agency).Select(x => x.Text).SingleOrDefaultAsync(ct);
        string? text = draft ?? await PublishedVersions.TextAsync(db, definitionId, await PublishedVersions.NewestAsync(db, definitionId, ct), ct);
        return text is null ? null : (DefinitionReader.Read(text), draft is not null);
    }
}
