using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Cases;

/// <summary>The case as it stood right after an entry of its history.</summary>
public sealed class MomentModel(MomentQueries moments, DefinitionQueries definitions, Caller caller) : PageModel
{
    public SeenMoment Moment { get; private set; } = null!;
    public Drawings Drawings { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string urn, int entry, CancellationToken ct)
    {
        if (await moments.AfterAsync(caller, urn, entry, ct) is not { } moment)
        {
            return NotFound();
        }

        (Moment, Drawings) = (moment, await Drawings.OfAsync(moment.Process, definitions, ct));
        return Page();
    }
}
