using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Systems;

public sealed class SystemModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : SystemPage(identity, text)
{
    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : Refusal;
}
