using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.RoleRequests;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public static IReadOnlyList<(string Status, string Title)> Boxes { get; } = [("requested", "To decide"), ("approved", "Approved"), ("refused", "Refused")];

    public string Status { get; private set; } = "requested";
    public IReadOnlyList<RoleRequest> Items { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? status, CancellationToken ct)
    {
        Status = status ?? Status;
        if (!Boxes.Any(box => box.Status == Status))
        {
            return NotFound();
        }

        if (await ReadAsync<DirectoryList<RoleRequest>>("requests?status=" + Status, ct) is not { } list)
        {
            return Refusal;
        }

        Items = list.Items;
        return Page();
    }
}
