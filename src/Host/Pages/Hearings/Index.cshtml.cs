using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Hearings;

public sealed class IndexModel(HearingQueries hearings, Caller caller, BusinessClock clock) : PageModel
{
    public Page<ListedHearing> List { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        var today = London.At(clock.GetUtcNow());
        if (await hearings.ListAsync(caller, new DateTimeOffset(today.Date, today.Offset).ToUniversalTime(), cursor, Cursor.DefaultLimit, ct) is not { } page)
        {
            return BadRequest();
        }

        List = page;
        return Page();
    }
}
