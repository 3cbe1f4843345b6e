using System.Text;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Audit;

public sealed class RootsModel(AuditRoots roots, AuditQueries audit, Caller caller) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string stream, CancellationToken ct)
    {
        var witness = !await audit.OwnsAsync(caller, stream, ct);
        return witness && !(await audit.WitnessedAsync(caller, ct)).Contains(stream)
            ? NotFound()
            : File(Encoding.UTF8.GetBytes(await roots.FileAsync(stream, witness ? caller.Agency : null, ct)), "application/json", $"audit-roots-{stream}.json");
    }
}
