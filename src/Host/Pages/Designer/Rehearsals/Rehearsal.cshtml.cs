using Assize.Engine.Rehearsing;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Rehearsals;

/// <summary>How far a rehearsal is, and what it found: counts of all open cases, and of the cases those that the caller may see.</summary>
public sealed class RehearsalModel(RehearsalQueries rehearsals, DraftQueries drafts, Caller caller) : PageModel
{
    public RehearsalView View { get; private set; } = null!;

    /// <summary>Whether whoever looks may migrate cases of the workflow.</summary>
    public bool MayMigrate { get; private set; }
    public RehearsalClass? Kind { get; private set; }
    public PartingView? Partings { get; private set; }
    public Page<RehearsalCaseItem> Cases { get; private set; } = new([], null);
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, string? kind, string? cursor, CancellationToken ct)
    {
        if (await rehearsals.FindAsync(id, ct) is not { } found)
        {
            return NotFound();
        }

        (View, MayMigrate) = (found, (await drafts.ReachAsync(caller, ct)).MayDraft(found.Rehearsal.DefinitionId));
        if (kind is null)
        {
            return Page();
        }

        var known = RehearsalWords.All.Where(x => RehearsalWords.Slug(x) == kind).ToList();
        if (known.Count == 0 || await rehearsals.CasesAsync(caller, id, (int)known[0], cursor, ct) is not { } page)
        {
            Faults = [new Fault(null, "There is no such list of this rehearsal. Choose one of the four below.")];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        (Kind, Cases) = (known[0], page);
        Partings = new PartingView(await rehearsals.ReasonsAsync(id, (int)known[0], ct), await rehearsals.VersionsAsync(View.Rehearsal, ct), MayMigrate || View.IsPublished);
        return Page();
    }
}
