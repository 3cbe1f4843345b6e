using Assize.Engine.Commands;
using Assize.Host.Api.Contracts;
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

public sealed class RetryModel(IncidentQueries incidents, RetryIncident retry, CaseDatabase database, Caller caller, BusinessClock clock) : PageModel
{
    public string Urn { get; private set; } = "";
    public IncidentItem? Incident { get; private set; }
    public string Step { get; private set; } = "";
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");
    public string? Reason { get; private set; }
    public string? ReasonError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string urn, string id, CancellationToken ct)
    {
        if (!ActionTable.RolesFor(AccessActions.RetryIncident).Any(caller.HasRole))
        {
            return await incidents.FindCaseAsync(caller, urn, ct) is null ? NotFound() : StatusCode(StatusCodes.Status403Forbidden);
        }

        return await FindAsync(urn, id, ct) is null || Incident is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string urn, string id, string? reason, string? request, CancellationToken ct)
    {
        if (await FindAsync(urn, id, ct) is not { } caseId)
        {
            return NotFound();
        }

        Reason = reason;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 2000)
        {
            ReasonError = string.IsNullOrWhiteSpace(reason) ? "Enter why the step may go well this time" : "The reason must be 2000 characters or fewer";
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("reason", ReasonError));
        }

        await using var db = database.CreateDbContext();
        switch (await retry.RunAsync(db, caller, request ?? RequestId, clock.GetUtcNow(), caseId, id, reason, ct))
        {
            case Completed done:
                TempData[done.Body![RetryIncident.GoesOn]!.GetValue<bool>() ? nameof(ProcessModel.Did) : nameof(ProcessModel.Failed)] = "yes";
                return Redirect($"/cases/{urn}/process");
            case Refused refused:
                return refused.Code is AccessCodes.RoleMissing ? StatusCode(StatusCodes.Status403Forbidden) : Refuse(StatusCodes.Status409Conflict, new Fault(null, Refusals.Say(refused)));
            default:
                return Refuse(StatusCodes.Status409Conflict, new Fault(null, "This page was used before. Try again."));
        }
    }

    private async Task<string?> FindAsync(string urn, string id, CancellationToken ct)
    {
        Urn = urn;
        if (await incidents.FindCaseAsync(caller, urn, ct) is not { } caseId)
        {
            return null;
        }

        (Incident, Step) = await incidents.FindAsync(caseId, id, ct) is var (incident, step) ? (incident, step) : (null, "");
        return caseId;
    }

    private PageResult Refuse(int status, Fault fault)
    {
        Faults = [fault];
        Response.StatusCode = status;
        return Page();
    }
}
