using Assize.Host.Components;
using Assize.Host.Pages.Access.Proposals;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Seals;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class ClassifyModel(CaseAccessQueries cases, ProposalRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;
    public string? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string urn, string? classification, string? step, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        Chosen = classification;
        if (step == "edit")
        {
            return Page();
        }

        Fault?[] faults =
        [
            !Classification.IsKnown(classification) || classification == View.Classification ? new Fault("classification", "Choose another classification than the case has") : null,
            ReasonFault(),
        ];
        if (faults.Any(fault => fault is not null))
        {
            return Unfit([.. faults.OfType<Fault>()]);
        }

        if (step != "save")
        {
            return Shows(await whatIf.RunAsync(caller, new SimulatedChange { Urn = View.Urn, Classification = classification }, ct));
        }

        var isAtOnce = Classification.Within(View.Classification, classification!);
        return Ended(
            await run.ProposeAsync(caller, Posted(), new ProtectionProposed(View.Urn, ProposalKind.Reclassify, new ProtectionContent { Classification = classification }, Reason ?? ""), ct),
            isAtOnce ? "The classification is raised, and holds at once." : "You proposed a lower classification. A second person of your agency must confirm.", $"/cases/{View.Urn}/access");
    }

    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        (View, Chosen) = (view, view.Classification);
        return view.MayProtect ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
