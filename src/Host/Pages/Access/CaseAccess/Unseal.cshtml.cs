using Assize.Host.Pages.Access.Proposals;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Seals;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class UnsealModel(CaseAccessQueries cases, ProposalRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string urn, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        return Ended(
            await run.ProposeAsync(caller, Posted(), new ProtectionProposed(View.Urn, ProposalKind.Unseal, new ProtectionContent(), Reason ?? ""), ct),
            "You proposed it. A second person of your agency must confirm.", $"/cases/{View.Urn}/access");
    }

    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        View = view;
        if (!view.MayProtect)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!view.Sealed)
        {
            return Redirect($"/cases/{view.Urn}/access");
        }

        Change = await whatIf.RunAsync(caller, new SimulatedChange { Urn = view.Urn, Unseal = true }, ct);
        return null;
    }
}
