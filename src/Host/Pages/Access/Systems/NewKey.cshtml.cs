using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class NewKeyModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public ShownSystem Shown { get; private set; } = null!;

    [BindProperty]
    public string? PublicKey { get; set; }

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string> { ["key"] = "publicKey" };

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ? ShowIf(!Shown.IsRetired, ShownSystem.Retired) : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<SystemDetail>(HttpMethod.Post, Shown.ApiPath + "/keys", new { key = PublicKey, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Shown.Address, "The key is added. Another administrator approves it.") : Refuse(answer);
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
