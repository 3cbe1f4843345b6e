using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class WithdrawModel(CaseAccessQueries cases, WithdrawAgency withdraw, SimulateChange simulate, CaseDatabase database, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;
    public CasePart Part { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string urn, string agency, CancellationToken ct) => await FindAsync(urn, agency, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string urn, string agency, CancellationToken ct)
    {
        if (await FindAsync(urn, agency, ct) is { } refused)
        {
            return refused;
        }

        await using var db = database.CreateDbContext();
        return Ended(await withdraw.RunAsync(db, caller, Posted(), View.Urn, agency, Reason ?? "", ct), "The agency is withdrawn. Its roles no longer open the case.", $"/cases/{View.Urn}/access");
    }

    private async Task<IActionResult?> FindAsync(string urn, string agency, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view || view.Parts.FirstOrDefault(part => part.Agency == agency) is not { } found)
        {
            return NotFound();
        }

        (View, Part) = (view, found);
        if (!view.MayBring)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        await using var db = database.CreateDbContext();
        Change = await simulate.RunAsync(db, caller, new SimulatedChange { Urn = view.Urn, WithdrawAgency = agency }, ct);
        return null;
    }
}
