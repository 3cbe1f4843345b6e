using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class TermsModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public ShownSystem Shown { get; private set; } = null!;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Bound { get; set; }

    public IReadOnlyList<Choice> BoundChoice => [new("true", Text["Its tokens are bound to its certificate, and it gets no others"])];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        (Name, Bound) = (Shown.System.Name, Shown.System.Bound ? "true" : null);
        return ShowIf(!Shown.IsRetired, ShownSystem.Retired);
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<SystemDetail>(HttpMethod.Post, Shown.ApiPath + "/terms", new { name = Name?.Trim(), bound = Bound == "true", reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Shown.Address, "{0} is changed.", answer.Value!.System.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<SystemDetail>(ShownSystem.Path(id), ct) is not { } found)
        {
            return false;
        }

        Shown = new ShownSystem(found);
        return true;
    }
}
