using Assize.Host.Access;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.People;

public sealed class PersonModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller) : AdministrationPage(identity, text)
{
    public PersonDetail Detail { get; private set; } = null!;
    public IReadOnlyList<string> Teams { get; private set; } = [];

    public PersonRecord Person => Detail.Person;
    public string Address => "/access/people/" + Segment(Person.Subject);
    public bool IsOwn => Person.Subject == caller.Subject;
    public IReadOnlyList<HeldRole> Held => [.. Detail.Roles.Where(role => role.State != "ended")];
    public IReadOnlyList<HeldRole> Ended => [.. Detail.Roles.Where(role => role.State == "ended").OrderByDescending(role => role.Role.To)];
    public IReadOnlyList<StatusStep> Steps => [.. StatusStep.From(Person.Status)];

    public async Task<IActionResult> OnGetAsync(string subject, CancellationToken ct)
    {
        if (await ReadAsync<PersonDetail>("people/" + Segment(subject), ct) is not { } detail || await ReadAsync<DirectoryList<TeamLine>>("teams", ct) is not { } teams)
        {
            return Refusal;
        }

        Detail = detail;
        Teams = [.. teams.Items.Where(team => detail.Person.Teams.Contains(team.Id)).Select(team => team.Name)];
        return Page();
    }
}
