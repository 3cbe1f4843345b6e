using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Exclusions;

public sealed class IndexModel(ExclusionQueries exclusions, Caller caller) : PageModel
{
    public IReadOnlyList<ConflictRow> Own { get; private set; } = [];
    public IReadOnlyList<ConflictRow> OfAgency { get; private set; } = [];

    public bool Administers => ActionTable.RolesFor(AccessActions.RemoveExclusion).Any(caller.HasRole);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Own = await exclusions.OwnAsync(caller, ct);
        OfAgency = Administers ? await exclusions.OfAgencyAsync(caller, ct) : [];
    }
}
