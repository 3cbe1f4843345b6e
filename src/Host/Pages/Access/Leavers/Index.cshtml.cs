using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Leavers;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public IReadOnlyList<PersonErasure> Items { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await ReadAsync<DirectoryList<PersonErasure>>("erasures", ct) is not { } list)
        {
            return Refusal;
        }

        Items = list.Items;
        return Page();
    }
}
