using Assize.Host.Components;
using Assize.Host.Pages.Access.Proposals;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Seals;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class BringInModel(CaseAccessQueries cases, ProposalRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;
    public IReadOnlyList<Choice> Choices { get; private set; } = [];
    public string? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    /// <summary>What the one is called that would be brought in.</summary>
    public string Name => Choices.FirstOrDefault(choice => choice.Value == Chosen)?.Label ?? "";

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string urn, string? agency, string? step, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        Chosen = agency;
        if (step == "edit")
        {
            return Page();
        }

        Fault?[] faults = [Choices.All(choice => choice.Value != agency) ? new Fault("agency", "Choose an agency that is enrolled and active") : null, ReasonFault()];
        if (faults.Any(fault => fault is not null))
        {
            return Unfit([.. faults.OfType<Fault>()]);
        }

        if (step != "save")
        {
            return Shows(await whatIf.RunAsync(caller, new SimulatedChange { Urn = View.Urn, AddAgency = agency }, ct));
        }

        var to = $"/cases/{View.Urn}/access";
        return View.Sealed
            ? Ended(
                await run.ProposeAsync(caller, Posted(), new ProtectionProposed(View.Urn, ProposalKind.AddAgency, new ProtectionContent { Agency = agency }, Reason ?? ""), ct),
                "You proposed it. A second person of your agency must confirm.", to)
            : Ended(await run.BringInAsync(caller, Posted(), View.Urn, agency!, Reason ?? "", ct), "The agency takes part in the case now.", to);
    }

    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        View = view;
        Choices = [.. (await cases.OthersAsync(view, ct)).Select(agency => new Choice(agency.Id, agency.Name))];
        return view.MayBring ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
