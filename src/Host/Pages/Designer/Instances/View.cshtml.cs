using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Instances;

public sealed class ViewModel(InstanceQueries instances, DefinitionQueries definitions, Caller caller) : PageModel
{
    public string InstanceId { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string? Urn { get; private set; }

    public async Task<IActionResult> OnGetAsync(string instanceId, CancellationToken ct)
    {
        if (await instances.FindAsync(caller, instanceId, ct) is not { } seen)
        {
            return NotFound();
        }

        var drawn = await definitions.FindAsync(seen.State.DefinitionId, seen.State.DefinitionVersion, ct);
        (InstanceId, Urn) = (seen.State.Id, seen.Urn);
        Title = $"{seen.Urn ?? ""} {drawn?.Name ?? seen.State.DefinitionId}".Trim();
        StudioPage.Allow(HttpContext);
        return Page();
    }
}
