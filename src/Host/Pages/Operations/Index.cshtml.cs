using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Operations;

public sealed class IndexModel(OperationQueries operations, Caller caller) : PageModel
{
    public Page<OperationItem> List { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        if (await operations.ListAsync(caller, cursor, Cursor.DefaultLimit, ct) is not { } page)
        {
            return BadRequest();
        }

        List = page;
        return Page();
    }
}
