using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Cases;

public sealed class ProcessModel(ProcessQueries processes, DefinitionQueries definitions, Caller caller) : PageModel
{
    public CaseProcess Process { get; private set; } = null!;
    public Drawings Drawings { get; private set; } = null!;

    /// <summary>That a step was taken again and went well, or wrong.</summary>
    [TempData]
    public string? Did { get; set; }

    [TempData]
    public string? Failed { get; set; }

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct)
    {
        if (await processes.FindAsync(caller, urn, ct) is not { } process)
        {
            return NotFound();
        }

        var mayRetry = ActionTable.RolesFor(AccessActions.RetryIncident).Any(caller.HasRole);
        (Process, Drawings) = (process, await Drawings.OfAsync(process, definitions, ct) with { Incidents = mayRetry ? $"/cases/{urn}/incidents" : null });
        return Page();
    }
}
