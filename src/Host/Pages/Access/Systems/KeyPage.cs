using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

/// <summary>A page about one key of a system.</summary>
public abstract class KeyPage(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : SystemPage(identity, text)
{
    public SystemKeyLine Line { get; private set; } = null!;

    protected IActionResult Missing => Detail is null ? Refusal : NotFound();

    protected async Task<bool> LoadAsync(string id, string key, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return false;
        }

        var found = Detail.Keys.FirstOrDefault(line => line.Id == key);
        Line = found!;
        return found is not null;
    }
}
