using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Publications;

public sealed class IndexModel(DraftQueries drafts, Caller caller) : PageModel
{
    public IReadOnlyList<PublicationRequest> Requests { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Requests = await drafts.RequestsAsync(caller, ct);
}
