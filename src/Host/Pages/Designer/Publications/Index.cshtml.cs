using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Publications;

public sealed class IndexModel(DraftQueries drafts, OwnerQueries owners, Caller caller) : PageModel
{
    public IReadOnlyList<PublicationRequest> Requests { get; private set; } = [];
    public IReadOnlyList<OwnerChange> Changes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) =>
        (Requests, Changes) = (await drafts.RequestsAsync(caller, ct), await owners.WaitingAsync(caller, ct));
}
