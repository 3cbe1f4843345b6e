using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Cases;

public sealed class HistoryModel(HistoryQueries history, Caller caller) : PageModel
{
    public string Urn { get; private set; } = "";
    public Page<HistoryItem> List { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string urn, string? cursor, CancellationToken ct)
    {
        if (await history.FindAsync(caller, urn, cursor, Cursor.DefaultLimit, ct) is not var (read, page))
        {
            return NotFound();
        }

        (Urn, List) = (urn, page);
        return read ? Page() : BadRequest();
    }
}
