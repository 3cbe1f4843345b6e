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

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct)
    {
        if (await processes.FindAsync(caller, urn, ct) is not { } process)
        {
            return NotFound();
        }

        (Process, Drawings) = (process, await Drawings.OfAsync(process, definitions, ct));
        return Page();
    }
}
