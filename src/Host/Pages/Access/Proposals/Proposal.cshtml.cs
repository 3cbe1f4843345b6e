using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Seals;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Proposals;

public sealed class ProposalModel(ProposalQueries proposals, ProposalRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    public ProposalView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string? decision, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        return decision switch
        {
            "confirm" => Ended(await run.ConfirmAsync(caller, Posted(), id, ct), "It is done, and holds at once.", "/access/proposals"),
            "refuse" => Ended(await run.RefuseAsync(caller, Posted(), id, ct), "You refused it. Nothing was changed.", "/access/proposals"),
            _ => Unfit(new Fault(null, "Choose whether to confirm or to refuse")),
        };
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await proposals.FindAsync(caller, id, ct);
        View = found!;
        if (found is { State: ProposalState.Open, IsOwn: false, Effect: { } effect })
        {
            Change = await whatIf.RunAsync(caller, effect, ct);
        }

        return found is not null;
    }
}
