using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Claims;

public sealed class EmergencyModel(ClaimEmergency claim, CaseDatabase database, Caller caller) : AccessForm
{
    [BindProperty(SupportsGet = true)]
    public string? Case { get; set; }

    public int Minutes => AccessPolicy.At(DateTimeOffset.UtcNow).BreakGlassMinutes;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var urn = (Case ?? "").Trim().ToUpperInvariant();
        if (urn.Length == 0)
        {
            return Unfit(new Fault("case", "Enter the case’s reference"));
        }

        await using var db = database.CreateDbContext();
        return await claim.RunAsync(db, caller, Posted(), urn, Reason ?? "", ct) switch
        {
            // In one word for a sealed case and for one that is not there.
            Completed { Body: { } body } done when (string?)body["state"] == "passed-on" =>
                Ended(done, "Your request was passed on to those who may decide. If a life is at risk now, call them as well.", "/access"),
            Refused { Code: AccessCodes.NotFound or AccessCodes.NoStanding } => Unfit(new Fault("case", "Your agency takes part in no case of that reference")),
            var answer => Ended(answer, "You have access for an hour. Privacy officers of both agencies are told.", $"/cases/{urn}"),
        };
    }
}
