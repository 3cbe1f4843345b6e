using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class RemoveModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public ShownSystem Shown { get; private set; } = null!;
    public SystemKeyLine Line { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, string keyId, CancellationToken ct) =>
        await LoadAsync(id, keyId, ct) ?? ShowIf(!Line.IsRemoved, "This key is removed already. Nothing was changed.");

    public async Task<IActionResult> OnPostAsync(string id, string keyId, CancellationToken ct)
    {
        if (await LoadAsync(id, keyId, ct) is { } refusal)
        {
            return refusal;
        }

        var answer = await SendAsync<SystemDetail>(HttpMethod.Post, $"{Shown.ApiPath}/keys/{Segment(keyId)}/remove", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Shown.Address, "The key is removed.") : Refuse(answer);
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
