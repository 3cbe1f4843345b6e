using System.Text;
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

        var answer = await identity.GetAsync<AuditText>(HttpContext, what == "log" ? "audit/export" : $"audit/roots/{Uri.EscapeDataString(caller.Agency)}", ct);
        return answer.Value is null
            ? StatusCode(answer.Status)
            : File(Encoding.UTF8.GetBytes(answer.Value.Text), what == "log" ? "application/jsonl" : "application/json",
                what == "log" ? $"accounts-{caller.Agency}.jsonl" : $"accounts-roots-{caller.Agency}.json");
    }

    public sealed record AuditText(string Text);
}
