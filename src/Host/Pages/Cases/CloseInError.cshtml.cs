using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Cases;

public sealed class CloseInErrorModel(CaseQueries cases, CloseCaseInError close, CaseDatabase database, Caller caller, BusinessClock clock) : PageModel
{
    public string Urn { get; private set; } = "";
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");
    public string? Reason { get; private set; }
    public string? ReasonError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is null)
        {
            return NotFound();
        }

        Urn = urn;
        return ActionTable.RolesFor(AccessActions.CloseCaseInError).Any(caller.HasRole) ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnPostAsync(string urn, string? reason, string? request, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is not { } id)
        {
            return NotFound();
        }

        (Urn, Reason) = (urn, reason);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 2000)
        {
            ReasonError = string.IsNullOrWhiteSpace(reason) ? "Enter why the case should not have been opened" : "The reason must be 2000 characters or fewer";
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("reason", ReasonError));
        }

        await using var db = database.CreateDbContext();
        switch (await close.RunAsync(db, caller, request ?? RequestId, clock.GetUtcNow(), id, reason, ct))
        {
            case Completed:
                TempData["Did"] = "The case is closed as opened in error.";
                return Redirect($"/cases/{urn}");
            case Refused refused:
                return refused.Code is AccessCodes.RoleMissing ? StatusCode(StatusCodes.Status403Forbidden) : Refuse(StatusCodes.Status409Conflict, new Fault(null, Refusals.Say(refused)));
            default:
                return Refuse(StatusCodes.Status409Conflict, new Fault(null, "This page was used before. Try again."));
        }
    }

    private PageResult Refuse(int status, Fault fault)
    {
        Faults = [fault];
        Response.StatusCode = status;
        return Page();
    }
}
