using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

/// <summary>A page about one system of the agency.</summary>
public abstract class SystemPage(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public ShownSystem Shown { get; private set; } = null!;

    protected async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<SystemDetail>(ShownSystem.Path(id), ct) is not { } found)
        {
            return false;
        }

        Shown = new ShownSystem(found);
        return true;
    }
}

/// <summary>A page about one key of a system.</summary>
public abstract class SystemKeyPage(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : SystemPage(identity, text)
{
    public SystemKeyLine Line { get; private set; } = null!;

    /// <summary>Null where it was read; else the answer that says why not.</summary>
    protected async Task<IActionResult?> LoadAsync(string id, string keyId, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        Line = Shown.Key(keyId)!;
        return Line is null ? NotFound() : null;
    }
}
