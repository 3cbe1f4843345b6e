using Assize.Audit;
using Assize.Host.Access;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Audit;

public sealed class ExportModel(AuditExport export, CaseDatabase database, IAccessEvaluator access, Caller caller, TimeProvider clock) : PageModel
{
    /// <param name="stream">The caller's agency's log where there is none; otherwise Assize's own, for whoever runs the platform.</param>
    public async Task<IActionResult> OnGetAsync(string? stream, long? from, CancellationToken ct)
    {
        if (from < 1)
        {
            return BadRequest();
        }

        stream ??= caller.Agency;
        if (stream != caller.Agency && stream != AuditStream.Assize)
        {
            return NotFound();
        }

        var action = stream == AuditStream.Assize ? AccessActions.ExportServerAudit : AccessActions.ExportAudit;
        if (!await MayAsync(action, ct))
        {
            return NotFound();
        }

        await using (var db = database.CreateDbContext())
        {
            db.Add(AuditLog.Entry(Guid.NewGuid().ToString("n"), clock.GetUtcNow(), caller, AccessActions.ExportAudit, ("audit", stream)));
            await db.SaveChangesAsync(ct);
        }

        Response.ContentType = "application/jsonl; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=audit-{stream}.jsonl";
        await LongDownload.WriteAsync(HttpContext, again => MayAsync(action, again), async reading =>
        {
            await using var written = new StreamWriter(Response.Body);
            await export.WriteAsync(stream, from ?? 1, caller, written, reading);
        });
        return new EmptyResult();
    }

    private async Task<bool> MayAsync(string action, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return (await access.CheckAsync(db, caller, action, AccessTarget.None, ct)).Allowed;
    }
}
