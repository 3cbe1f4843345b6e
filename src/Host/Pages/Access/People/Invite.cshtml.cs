using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.People;

public sealed class InviteModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? ExternalId { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ReadAsync<RoleCatalogue>("roles", ct) is null ? Refusal : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var answer = await SendAsync<PersonRecord>(HttpMethod.Post, "people",
            new { name = Name?.Trim(), title = Given(Title), userName = UserName?.Trim(), externalId = ExternalId?.Trim(), email = Given(Email), reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/people/" + Segment(answer.Value!.Subject), "{0} is invited, and waits for a role.", answer.Value.Name) : Refuse(answer);
    }

    private static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
