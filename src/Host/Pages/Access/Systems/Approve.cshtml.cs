using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class ApproveModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public ShownSystem Shown { get; private set; } = null!;
    public SystemKeyLine Line { get; private set; } = null!;
    public bool CanBe => Line is { State: "waiting", Own: false } && !Shown.IsRetired;

    public async Task<IActionResult> OnGetAsync(string id, string keyId, CancellationToken ct) => await LoadAsync(id, keyId, ct)
        ?? ShowIf(CanBe, Line.Own ? "You added this key, so another administrator approves it." : "This key waits for nobody. Nothing was changed.");

    public async Task<IActionResult> OnPostAsync(string id, string keyId, CancellationToken ct)
    {
        if (await LoadAsync(id, keyId, ct) is { } refusal)
        {
            return refusal;
        }

        var answer = await SendAsync<SystemDetail>(HttpMethod.Post, $"{Shown.ApiPath}/keys/{Segment(keyId)}/approve", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Shown.Address, "The key works now.") : Refuse(answer);
    }

    private async Task<IActionResult?> LoadAsync(string id, string keyId, CancellationToken ct)
    {
        if (await ReadAsync<SystemDetail>(ShownSystem.Path(id), ct) is not { } found)
        {
            return Refusal;
        }

        Shown = new ShownSystem(found);
        Line = Shown.Key(keyId)!;
        return Line is null ? NotFound() : null;
    }
}
