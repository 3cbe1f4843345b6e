using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class BringInModel(CaseAccessQueries cases, AddAgency add, ProposeProtection propose, CaseDatabase database, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;
    public IReadOnlyList<Choice> Choices { get; private set; } = [];
    public string? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string urn, string? agency, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        Chosen = agency;
        if (Choices.All(choice => choice.Value != agency))
        {
            return Unfit(new Fault("agency", "Choose an agency that is enrolled and active"));
        }

        var to = $"/cases/{View.Urn}/access";
        await using var db = database.CreateDbContext();
        return View.Sealed
            ? Ended(
                await propose.RunAsync(db, caller, Posted(), new ProtectionProposed(View.Urn, ProposalKind.AddAgency, new ProtectionContent { Agency = agency }, Reason ?? ""), ct),
                "You proposed it. A second person of your agency must confirm.", to)
            : Ended(await add.RunAsync(db, caller, Posted(), View.Urn, agency!, Reason ?? "", ct), "The agency takes part in the case now.", to);
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
