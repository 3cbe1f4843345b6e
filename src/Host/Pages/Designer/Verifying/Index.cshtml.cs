using Assize.Engine.Definitions;
using Assize.Host.Pages.Designer.Publications;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Verifying;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Verifying;

/// <summary>Verifies the draft, or where there is none the newest version, and says what is wrong with which step.</summary>
public sealed class IndexModel(DefinitionQueries definitions, DraftQueries drafts, RehearsalQueries rehearsals, PublicationRun run, Caller caller) : PageModel
{
    public string DefinitionId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public bool IsDraft { get; private set; }
    public Verification Checks { get; private set; } = new([]);
    public WorkflowDefinition Drawn { get; private set; } = null!;

    /// <summary>What a rehearsal of this very drawing found; null where there is none, or where the reader may not rehearse.</summary>
    public RehearsalView? Rehearsed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct)
    {
        var draft = await drafts.FindAsync(definitionId, caller, ct);
        var drawn = draft is not null ? DefinitionReader.Read(draft.Text) : (await definitions.PublishedAsync(definitionId, ct))?.Definition;
        if (drawn is null)
        {
            return NotFound();
        }

        (DefinitionId, Name, IsDraft, Drawn) = (definitionId, drawn.Name ?? definitionId, draft is not null, drawn);
        Checks = await run.VerifyAsync(drawn, ct);
        Rehearsed = ActionTable.RolesFor(AccessActions.RehearseDefinition).Any(caller.HasRole) ? await rehearsals.NewestAsync(definitionId, DefinitionHash.Of(drawn), ct) : null;
        return Page();
    }
}
