using System.Globalization;
using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Provisioning;

public sealed class NewTokenModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Label { get; set; }

    [BindProperty]
    public string? Days { get; set; }

    /// <summary>Shown in this one answer, and kept by nobody here.</summary>
    public IssuedToken? Issued { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ReadAsync<DirectoryList<TokenLine>>("provisioning/tokens", ct) is null ? Refusal : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(Days) && !int.TryParse(Days, CultureInfo.InvariantCulture, out _))
        {
            AddFault("days", "Enter a number of days between 1 and 366");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        int? days = int.TryParse(Days, CultureInfo.InvariantCulture, out var number) ? number : null;
        var answer = await SendAsync<IssuedToken>(HttpMethod.Post, "provisioning/tokens", new { label = Label?.Trim(), days, reason = OneLine(Reason) }, ct);
        if (!answer.IsDone)
        {
            return Refuse(answer);
        }

        Issued = answer.Value;
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
