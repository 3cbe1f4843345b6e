using Assize.Engine.Definitions;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Finds what an outline shows, and keeps what was changed in it as the same draft that Studio saves.</summary>
public sealed class OutlineDrafts(DefinitionQueries definitions, DraftQueries drafts, SaveDraft save, RequestPublication request, CaseDatabase database)
{
    /// <summary>Null where there is no such workflow for this person.</summary>
    public async Task<OutlineView?> FindAsync(string definitionId, Caller caller, CancellationToken ct)
    {
        var mayDraft = (await drafts.ReachAsync(caller, ct)).MayDraft(definitionId);
        var draft = mayDraft ? await drafts.FindAsync(definitionId, caller, ct) : null;
        var definition = draft is null ? (await definitions.PublishedAsync(definitionId, ct))?.Definition : DefinitionReader.Read(draft.Text);
        if (definition is null)
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        return new OutlineView(definition, draft, mayDraft)
        {
            Problems = mayDraft ? (await request.VerifyAsync(db, definition, ct)).Problems : [],
        };
    }

    public async Task<DraftAnswer> SaveAsync(Caller caller, WorkflowDefinition definition, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await save.RunAsync(db, caller, definition, ct);
    }

    public async Task<DraftAnswer> RequestAsync(Caller caller, string definitionId, string? note, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await request.RunAsync(db, caller, definitionId, note, ct);
    }
}
