using Assize.Host.Queries;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer;

public sealed class IndexModel(DefinitionQueries definitions) : PageModel
{
    public IReadOnlyList<PublishedVersion> Versions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Versions = await definitions.ListAsync(ct);
}
