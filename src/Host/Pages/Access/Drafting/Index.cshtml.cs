using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Drafting;

/// <summary>Who may draft and release what, as far as whoever looks administers it.</summary>
public sealed class IndexModel(DraftingRightQueries rights, Caller caller) : PageModel
{
    public Page<DraftingRightItem> List { get; private set; } = new([], null);

    public DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        if (await rights.ListAsync(caller, cursor, ct) is not { } page)
        {
            return BadRequest();
        }

        List = page;
        return Page();
    }
}
