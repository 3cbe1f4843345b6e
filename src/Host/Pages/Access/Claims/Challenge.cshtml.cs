using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Claims;

public sealed class ChallengeModel(CaseRefusals refusals, ClaimChallenged claim, CaseDatabase database, Caller caller) : AccessForm
{
    private static readonly AccessPolicy s_policy = AccessPolicy.At(DateTimeOffset.UtcNow);

    public string Urn { get; private set; } = "";
    public int ADay => s_policy.ChallengedADay;
    public int WorkingDays => s_policy.ReviewWorkingDays;

    [BindProperty]
    public string? Category { get; set; }

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string urn, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        await using var db = database.CreateDbContext();
        return Ended(
            await claim.RunAsync(db, caller, Posted(), new ChallengedClaimed(urn, Category ?? "", Reason ?? ""), ct),
            "You have access until midnight. Privacy officers of both agencies are told.", $"/cases/{urn}");
    }

    // A case that one has already, by a claim that was sent twice as well, is simply shown.
    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        Urn = urn;
        return await refusals.AskAsync(caller, urn, ct) switch
        {
            WayIn.Challenge => null,
            WayIn.Open or WayIn.StepUp => Redirect($"/cases/{urn}"),
            _ => NotFound(),
        };
    }
}
