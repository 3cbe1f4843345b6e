using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Erasures;

public sealed class IndexModel(ErasureQueries erasures, Caller caller) : PageModel
{
    public Page<ErasureItem> List { get; private set; } = new([], null);

    public bool MayAsk => ActionTable.RolesFor(AccessActions.RequestErasure).Any(caller.HasRole);

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        if (await erasures.ListAsync(caller, cursor, Cursor.DefaultLimit, ct) is not { } page)
        {
            return BadRequest();
        }

        List = page;
        return Page();
    }
}
