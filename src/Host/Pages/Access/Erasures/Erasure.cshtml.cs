using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Erasure;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Erasures;

public sealed class ErasureModel(ErasureQueries erasures, DecideErasure deciding, CaseDatabase database, Caller caller, BusinessClock clock) : PageModel
{
    public ErasureItem Item { get; private set; } = null!;
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string? decision, string? request, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        if (decision is not ("approve" or "refuse"))
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, "Choose whether to erase or to refuse.");
        }

        await using var db = database.CreateDbContext();
        switch (await deciding.RunAsync(db, caller, request ?? RequestId, clock.GetUtcNow(), id, decision == "approve", ct))
        {
            case Completed:
                TempData["Did"] = decision == "approve" ? "The personal data is erased." : "The request is refused. Nothing was erased.";
                return Redirect("/access/erasures");
            case Refused { Code: AccessCodes.SamePerson }:
                return Refuse(StatusCodes.Status403Forbidden, "You asked for this, so another person decides. Nothing was erased.");
            case Refused refused:
                return Refuse(StatusCodes.Status409Conflict, refused.Message);
            default:
                return Refuse(StatusCodes.Status409Conflict, "This page was used before. Try again.");
        }
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await erasures.FindAsync(caller, id, ct);
        Item = found!;
        return found is not null;
    }

    private PageResult Refuse(int status, string message)
    {
        Faults = [new Fault(null, message)];
        Response.StatusCode = status;
        return Page();
    }
}
