using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Teams;

public sealed class RemoveModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public TeamLine Team { get; private set; } = null!;
    public string Address => "/access/teams/" + Team.Id;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<TeamLine>(HttpMethod.Post, $"teams/{Segment(id)}/remove", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/teams", "The team {0} is removed.", Team.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<TeamLine>("teams/" + Segment(id), ct);
        Team = found!;
        return found is not null;
    }
}
