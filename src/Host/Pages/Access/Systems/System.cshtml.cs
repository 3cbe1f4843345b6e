using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class SystemModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public ShownSystem Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : Refusal;

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
