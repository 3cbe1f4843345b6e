using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Requests;

public sealed class GrantModel(GrantQueries grants, GrantRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    public GrantView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string? decision, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        return decision switch
        {
            "sponsor" => Ended(await run.SponsorAsync(caller, Posted(), id, ct), "You sponsored it. The agency that owns the case must consent.", "/access/requests?box=sponsor"),
            "consent" => Ended(await run.ConsentAsync(caller, Posted(), id, ct), "You consented. The access is live.", "/access/requests?box=consent"),
            "certify" when string.IsNullOrWhiteSpace(Reason) => Unfit(new Fault("reason", "Say why it is still needed")),
            "certify" => Ended(await run.CertifyAsync(caller, Posted(), id, Reason, ct), "You certified it.", "/access/requests?box=due"),
            "refuse" when string.IsNullOrWhiteSpace(Reason) => Unfit(new Fault("reason", "Say why you refuse it")),
            "refuse" => Ended(await run.RefuseAsync(caller, Posted(), id, Reason, ct), "You refused it.", "/access/requests"),
            _ => Unfit(new Fault(null, "Choose what to do")),
        };
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await grants.FindAsync(caller, id, ct);
        View = found!;
        Change = found?.May switch
        {
            { Sponsor: true } or { Consent: true } => await whatIf.RunAsync(caller, new SimulatedChange { ApproveGrant = id }, ct),
            { Certify: true } => await whatIf.RunAsync(caller, new SimulatedChange { CertifyGrant = id }, ct),
            _ => null,
        };

        return found is not null;
    }
}
