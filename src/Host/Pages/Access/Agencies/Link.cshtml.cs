using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Agencies;

public sealed class LinkModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Other { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ReadAsync<DirectoryList<AgencyLine>>("agencies", ct) is null ? Refusal : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        (Subject, Other) = (Subject?.Trim(), Other?.Trim());
        foreach (var (field, typed) in new[] { ("subject", Subject), ("other", Other) })
        {
            if (string.IsNullOrEmpty(typed))
            {
                AddFault(field, "Enter the account");
            }
        }

        if (Faults.Count == 0 && Subject == Other)
        {
            AddFault("other", "Enter another account than the first");
        }

        if (Faults.Count > 0)
        {
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await SendAsync<object>(HttpMethod.Post, "person-links", new { subject = Subject, other = Other, reason = OneLine(Reason) }, ct);
        if (answer.Status == StatusCodes.Status404NotFound)
        {
            AddFault("subject", "There is no person’s account of one of these names. Nothing was changed. Check both with their agencies");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        return answer.IsDone ? DoneAt("/access/agencies", "The two accounts count as one person from now on.") : Refuse(answer);
    }
}
