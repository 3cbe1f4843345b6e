using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer;

public sealed class WorkflowModel(DefinitionQueries definitions, DraftQueries drafts, Caller caller) : PageModel
{
    public string DefinitionId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public bool MayDraft { get; private set; }
    public string Person => caller.Subject;

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct)
    {
        MayDraft = (await drafts.ReachAsync(caller, ct)).MayDraft(definitionId);
        var name = (MayDraft ? (await drafts.FindAsync(definitionId, caller, ct))?.Name : null) ?? (await definitions.NewestAsync(definitionId, ct))?.Name;
        if (name is null)
        {
            return NotFound();
        }

        (DefinitionId, Name) = (definitionId, name);
        StudioPage.Allow(HttpContext);
        return Page();
    }
}
