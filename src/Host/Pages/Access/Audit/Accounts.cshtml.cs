using Assize.Audit;
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
        if (what is not ("log" or "roots" or "server-log" or "server-roots"))
        {
            return NotFound();
        }

        var stream = what.StartsWith("server-", StringComparison.Ordinal) ? AuditStream.Assize : caller.Agency;
        var log = what.EndsWith("log", StringComparison.Ordinal);
        var path = $"audit/{(log ? "export?stream=" : "roots/")}{Uri.EscapeDataString(stream)}";
        using var answer = await identity.OpenAsync(HttpContext, path, ct);
        if (answer is not { IsSuccessStatusCode: true })
        {
            return StatusCode(answer is null ? StatusCodes.Status503ServiceUnavailable : (int)answer.StatusCode);
        }

        Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        Response.Headers.ContentDisposition = $"attachment; filename={(log ? $"accounts-{stream}.jsonl" : $"accounts-roots-{stream}.json")}";
        await LongDownload.WriteAsync(HttpContext, async again => !log || await identity.MayAsync(HttpContext, path, again), reading => PassOnAsync(answer, reading));
        return new EmptyResult();
    }

    // The identity server breaks its answer off by itself, too; what is passed on ends as it does.
    private async Task PassOnAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            await answer.Content.CopyToAsync(Response.Body, ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            HttpContext.Abort();
        }
    }
}
