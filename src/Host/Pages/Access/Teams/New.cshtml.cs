using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Teams;

public sealed class NewModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Name { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        await ReadAsync<DirectoryList<TeamLine>>("teams", ct) is null ? Refusal : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var answer = await SendAsync<TeamLine>(HttpMethod.Post, "teams", new { name = Name?.Trim(), reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/teams/" + answer.Value!.Id, "{0} is a team now.", answer.Value.Name) : Refuse(answer);
    }
}
