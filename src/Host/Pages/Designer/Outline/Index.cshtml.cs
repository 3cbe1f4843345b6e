using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>A workflow in words: its steps in reading order, where each leads, and what is wrong.</summary>
public sealed class IndexModel(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct) => await FindAsync(definitionId, ct) ? Page() : NotFound();
}
