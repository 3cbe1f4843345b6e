using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class ClassifyModel(CaseAccessQueries cases, ProposeProtection propose, SimulateChange simulate, CaseDatabase database, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;
    public string? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string urn, string? classification, string? look, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        Chosen = classification;
        if (!Classification.IsKnown(classification) || classification == View.Classification)
        {
            return Unfit(new Fault("classification", "Choose another classification than the case has"));
        }

        await using var db = database.CreateDbContext();
        if (look is not null)
        {
            Change = await simulate.RunAsync(db, caller, new SimulatedChange { Urn = View.Urn, Classification = classification }, ct);
            ModelState.Clear();
            return Page();
        }

        var isAtOnce = Classification.Within(View.Classification, classification!);
        return Ended(
            await propose.RunAsync(db, caller, Posted(), new ProtectionProposed(View.Urn, ProposalKind.Reclassify, new ProtectionContent { Classification = classification }, Reason ?? ""), ct),
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
