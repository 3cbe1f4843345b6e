using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Proposals;

public sealed class IndexModel(AccessLists lists, Caller caller) : PageModel
{
    public IReadOnlyList<ProposalItem> Items { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Items = (await lists.ProposalsAsync(caller, ct)).Items;
}
