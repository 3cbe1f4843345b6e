using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class UnsealModel(CaseAccessQueries cases, ProposeProtection propose, CaseDatabase database, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string urn, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        await using var db = database.CreateDbContext();
        return Ended(
            await propose.RunAsync(db, caller, Posted(), new ProtectionProposed(View.Urn, ProposalKind.Unseal, new ProtectionContent(), Reason ?? ""), ct),
            "You proposed it. A second person of your agency must confirm.", $"/cases/{View.Urn}/access");
    }

    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        View = view;
        return !view.MayProtect ? StatusCode(StatusCodes.Status403Forbidden) : view.Sealed ? null : Redirect($"/cases/{view.Urn}/access");
    }
}
