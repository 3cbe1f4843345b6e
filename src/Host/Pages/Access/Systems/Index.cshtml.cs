using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public IReadOnlyList<SystemLine> Items { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await ReadAsync<SystemLines>("systems", ct) is not { } systems)
        {
            return Refusal;
        }

        Items = systems.Items;
        return Page();
    }
}
