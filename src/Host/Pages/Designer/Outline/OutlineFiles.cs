using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Takes a file in the place of what a draft says.</summary>
public sealed class OutlineFiles(ReplaceDraft replace, CaseDatabase database)
{
    public async Task<DraftAnswer> ReplaceAsync(Caller caller, OutlineView view, WorkflowDefinition file, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await replace.RunAsync(db, caller, view.Id, file, view.Draft?.Revision, ct);
    }
}
