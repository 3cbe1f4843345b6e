using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Sessions;

public sealed class EndModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public SessionEntry Item { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        if (Item.EndedAt is not null)
        {
            AddFault(null, "This session has ended already. Nothing was changed.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<EndedSessions>(HttpMethod.Post, $"sessions/{Segment(id)}/end", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/sessions?subject=" + Segment(Item.Subject), "The session of {0} has ended.", Item.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<SessionEntry>("sessions/" + Segment(id), ct);
        Item = found!;
        return found is not null;
    }
}
