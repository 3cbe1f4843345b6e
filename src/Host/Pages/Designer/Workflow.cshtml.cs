using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer;

public sealed class WorkflowModel(DefinitionQueries definitions, DraftQueries drafts, Caller caller) : PageModel
{
    // The hash is that of the one inline script which the stock editor puts in its page; it changes with the package.
    // WebAssembly and inline styles are what Studio cannot do without.
    private const string StudioPolicy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc='; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public string DefinitionId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public bool MayDraft { get; private set; }

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct)
    {
        MayDraft = ActionTable.RolesFor(AccessActions.DraftDefinition).Any(caller.HasRole);
        var name = (MayDraft ? (await drafts.FindAsync(definitionId, ct))?.Name : null) ?? (await definitions.NewestAsync(definitionId, ct))?.Name;
        if (name is null)
        {
            return NotFound();
        }

        (DefinitionId, Name) = (definitionId, name);
        Response.Headers.ContentSecurityPolicy = StudioPolicy;
        return Page();
    }
}
