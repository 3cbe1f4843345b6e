using Assize.Host.Access;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Agencies;

public sealed class StatusModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, WhatIf whatIf, Caller caller) : AdministrationPage(identity, text)
{
    public AgencyLine Agency { get; private set; } = null!;
    public string To { get; private set; } = "";

    /// <summary>By agency and role; nobody is named.</summary>
    public SimulatedAccess? Change { get; private set; }
    public bool Suspends => To == "suspended";
    public bool CanBe => Agency.Status != To && Agency.Kind != "platform";
    public string Address => "/access/agencies/" + Agency.Id;

    public async Task<IActionResult> OnGetAsync(string id, string? to, CancellationToken ct)
    {
        if (!await LoadAsync(id, to, ct))
        {
            return Refusal;
        }

        if (!CanBe)
        {
            AddFault(null, "The agency is like that already, or cannot be changed here. Nothing was changed.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? to, CancellationToken ct)
    {
        if (!await LoadAsync(id, to, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<AgencyLine>(HttpMethod.Post, $"agencies/{Segment(id)}/status", new { status = To, reason = OneLine(Reason) }, ct);
        return !answer.IsDone ? Refuse(answer) : Suspends ? DoneAt(Address, "{0} is suspended.", Agency.Name) : DoneAt(Address, "{0} is active again.", Agency.Name);
    }

    private async Task<bool> LoadAsync(string id, string? to, CancellationToken ct)
    {
        if (to is not ("active" or "suspended") || await ReadAsync<AgencyDetail>("agencies/" + Segment(id), ct) is not { } detail)
        {
            return false;
        }

        (To, Agency) = (to, detail.Agency);
        Change = CanBe ? await whatIf.RunAsync(caller, new SimulatedChange { Agency = Agency.Id, Status = to }, ct) : null;
        return true;
    }
}
