using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Agencies;

public sealed class NameModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Name { get; set; }

    public AgencyLine Agency { get; private set; } = null!;
    public string Address => "/access/agencies/" + Agency.Id;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        Name = Agency.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<AgencyLine>(HttpMethod.Post, $"agencies/{Segment(id)}/name", new { name = Name?.Trim(), reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Address, "The agency is called {0} now.", answer.Value!.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<AgencyDetail>("agencies/" + Segment(id), ct) is not { } detail)
        {
            return false;
        }

        Agency = detail.Agency;
        return true;
    }
}
