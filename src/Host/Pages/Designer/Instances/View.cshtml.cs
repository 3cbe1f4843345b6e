using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Instances;

public sealed class ViewModel(InstanceQueries instances, DefinitionQueries definitions, PracticeQueries practices, Caller caller) : PageModel
{
    public string InstanceId { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string? Urn { get; private set; }

    /// <summary>The practice case that it belongs to; null where it is a real one.</summary>
    public string? Practice { get; private set; }

    public async Task<IActionResult> OnGetAsync(string instanceId, CancellationToken ct)
    {
        if (await instances.FindAsync(caller, instanceId, ct) is not { } seen)
        {
            return NotFound();
        }

        var (id, version) = (seen.State.DefinitionId, seen.State.DefinitionVersion);
        var drawn = seen.IsPractice ? await practices.DrawnAsync(id, version, caller.Agency, ct) : null;
        drawn ??= await definitions.FindAsync(id, version, ct);
        (InstanceId, Urn, Practice) = (seen.State.Id, seen.Urn, seen.IsPractice ? seen.Row.UnitId : null);
        Title = $"{seen.Urn ?? ""} {drawn?.Name ?? seen.State.DefinitionId}".Trim();
        StudioPage.Allow(HttpContext);
        return Page();
    }
}
