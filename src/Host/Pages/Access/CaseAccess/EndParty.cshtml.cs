using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class EndPartyModel(CaseAccessQueries cases, PartyRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;
    public KnownParty Party { get; private set; } = null!;
    public string Name => Party.Name ?? Text["a person of {0}", Party.AgencyName].Value;

    /// <param name="recorded">When they were recorded, in ticks of universal time.</param>
    public async Task<IActionResult> OnGetAsync(string urn, long recorded, CancellationToken ct) => await FindAsync(urn, recorded, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string urn, long recorded, CancellationToken ct)
    {
        if (await FindAsync(urn, recorded, ct) is { } refused)
        {
            return refused;
        }

        return Ended(await run.EndAsync(caller, Posted(), View.Urn, Party, Reason ?? "", ct), "They are no party any more. Their roles open the case again.", $"/cases/{View.Urn}/access");
    }

    private async Task<IActionResult?> FindAsync(string urn, long recorded, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        if (view.Parties is null)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        if (view.Parties.FirstOrDefault(party => party.Since.UtcTicks == recorded) is not { } found)
        {
            return NotFound();
        }

        (View, Party) = (view, found);
        Change = await whatIf.RunAsync(caller, new SimulatedChange { Urn = view.Urn, EndParty = new PartyEnded(found.Subject, found.Part) }, ct);
        return null;
    }
}
