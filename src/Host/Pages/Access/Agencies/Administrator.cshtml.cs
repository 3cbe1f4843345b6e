using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Agencies;

public sealed class AdministratorModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    /// <summary>"known" or "new".</summary>
    [BindProperty]
    public string? Who { get; set; }

    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? ExternalId { get; set; }

    public AgencyDetail Detail { get; private set; } = null!;
    public string Address => "/access/agencies/" + Detail.Agency.Id;
    public bool HasAdministrators => Detail.Roles.Any(role => role is { Role: "agency-admin", People: > 1 });

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        if (HasAdministrators)
        {
            AddFault(null, "The agency has two administrators, who appoint others. Nothing was changed.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        if (Who is not ("known" or "new") || (Who == "known" && string.IsNullOrWhiteSpace(Subject)))
        {
            AddFault(Who == "known" ? "subject" : "who", Who == "known" ? "Enter the account" : "Choose whether they have an account");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        object body = Who == "known"
            ? new { subject = Subject!.Trim(), reason = OneLine(Reason) }
            : new { name = Name?.Trim(), userName = UserName?.Trim(), externalId = ExternalId?.Trim(), reason = OneLine(Reason) };
        var answer = await SendAsync<object>(HttpMethod.Post, $"agencies/{Segment(id)}/administrators", body, ct);
        if (answer.Status == StatusCodes.Status404NotFound)
        {
            AddFault("subject", "The agency has no account of that name that could be given a role");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        return answer.IsDone ? DoneAt(Address, "You asked for the appointment. Another platform administrator decides within 14 days.") : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<AgencyDetail>("agencies/" + Segment(id), ct);
        Detail = found!;
        return found is { Agency.Kind: not "platform" };
    }
}
