using Assize.Host.Access;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Audit;

/// <summary>The log of the agency's accounts, or its roots, from the identity server, which asks for itself who may have it.</summary>
public sealed class AccountsModel(IdentityAdministration identity, Caller caller) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string what, CancellationToken ct)
    {
        if (what is not ("log" or "roots"))
        {
            return NotFound();
        }

        using var answer = await identity.OpenAsync(HttpContext, what == "log" ? "audit/export" : $"audit/roots/{Uri.EscapeDataString(caller.Agency)}", ct);
        if (answer is not { IsSuccessStatusCode: true })
        {
            return StatusCode(answer is null ? StatusCodes.Status503ServiceUnavailable : (int)answer.StatusCode);
        }

        Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        Response.Headers.ContentDisposition = $"attachment; filename={(what == "log" ? $"accounts-{caller.Agency}.jsonl" : $"accounts-roots-{caller.Agency}.json")}";
        await answer.Content.CopyToAsync(Response.Body, ct);
        return new EmptyResult();
    }
}
