using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class NewModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? PublicKey { get; set; }

    [BindProperty]
    public string? Bound { get; set; }

    public bool TakesCertificates { get; private set; }
    public IReadOnlyList<Choice> BoundChoice => [new("true", Text["Its tokens are bound to its certificate, and it gets no others"])];

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string> { ["key"] = "publicKey" };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : Refusal;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<SystemDetail>(HttpMethod.Post, "systems",
            new { code = Code?.Trim(), name = Name?.Trim(), key = PublicKey, bound = Bound == "true", reason = OneLine(Reason) }, ct);
        return answer.IsDone
            ? DoneAt("/access/systems/" + Segment(answer.Value!.System.Id), "{0} is registered. Another administrator approves its key.", answer.Value.System.Name)
            : Refuse(answer);
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var systems = await ReadAsync<SystemLines>("systems", ct);
        TakesCertificates = systems?.TakesCertificates == true;
        return systems is not null;
    }
}
