using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Others;

public sealed class IndexModel(PeopleCounts counts, Caller caller) : PageModel
{
    public IReadOnlyList<PeopleCount> Items { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Items = await counts.ListAsync(caller, ct);
}
