using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Audit;

public sealed class ExportModel(AuditExport export, CaseDatabase database, Caller caller, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long? from, CancellationToken ct)
    {
        if (from < 1)
        {
            return BadRequest();
        }

        await using (var db = database.CreateDbContext())
        {
            db.Add(AuditLog.Entry(Guid.NewGuid().ToString("n"), clock.GetUtcNow(), caller, AccessActions.ExportAudit, ("audit", caller.Agency)));
            await db.SaveChangesAsync(ct);
        }

        Response.ContentType = "application/jsonl; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=audit-{caller.Agency}.jsonl";
        await using var written = new StreamWriter(Response.Body);
        await export.WriteAsync(caller.Agency, from ?? 1, written, ct);
        return new EmptyResult();
    }
}
