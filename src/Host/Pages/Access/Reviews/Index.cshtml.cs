using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Reviews;

public sealed class IndexModel(ReviewQueries reviews, Caller caller, TimeProvider clock) : PageModel
{
    public IReadOnlyList<ReviewRow> Open { get; private set; } = [];
    public IReadOnlyList<ReviewRow> Done { get; private set; } = [];
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task OnGetAsync(CancellationToken ct)
    {
        Open = await reviews.OpenAsync(caller, ct);
        Done = await reviews.DoneAsync(caller, ct);
    }
}
