using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Submissions;

public sealed class IndexModel(SubmissionLists submissions, Caller caller) : PageModel
{
    public Page<SubmissionItem> List { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        if (await submissions.ListAsync(caller, cursor, Cursor.DefaultLimit, ct) is not { } page)
        {
            return BadRequest();
        }

        List = page;
        return Page();
    }
}
