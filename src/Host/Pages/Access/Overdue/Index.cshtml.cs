using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Overdue;

/// <summary>What has been escalated to the agency's administrators: by reference only, for they review none of it.</summary>
public sealed class IndexModel(OverdueQueries overdue, Caller caller) : PageModel
{
    public OverdueReviews Reviews { get; private set; } = OverdueReviews.None;

    public async Task OnGetAsync(CancellationToken ct) => Reviews = await overdue.ListAsync(caller, ct);
}
