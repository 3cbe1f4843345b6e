using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Teams;

public sealed class NameModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Name { get; set; }

    public TeamLine Team { get; private set; } = null!;
    public string Address => "/access/teams/" + Team.Id;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        Name = Team.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<TeamLine>(HttpMethod.Post, $"teams/{Segment(id)}/name", new { name = Name?.Trim(), reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Address, "The team is called {0} now.", answer.Value!.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<TeamLine>("teams/" + Segment(id), ct);
        Team = found!;
        return found is not null;
    }
}
