using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class SuspendModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public UpstreamLine Upstream { get; private set; } = null!;
    public bool CanSuspend => Upstream.Status == "active";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return Refusal;
        }

        if (!CanSuspend)
        {
            AddFault(null, "It is suspended already. Nothing was changed. Only a new enrolment brings it back.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<object>(HttpMethod.Post, $"upstreams/{Segment(id)}/suspend", new { Reason = OneLine(Reason) ?? "" }, ct);
        return answer.IsDone ? DoneAt(EnrolmentAddress.Root, "Nobody of {0} can sign in any more.", Upstream.AgencyName) : Refuse(answer);
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<List<UpstreamLine>>("upstreams", ct) is not { } all || all.Find(line => line.Id == id) is not { } found)
        {
            return false;
        }

        Upstream = found;
        return true;
    }
}
