using Assize.Host.Access;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.RoleChanges;

public sealed class EndModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller, RoleEffect effect) : AdministrationPage(identity, text)
{
    public PersonDetail Detail { get; private set; } = null!;
    public HeldRole Held { get; private set; } = null!;
    public Rehearsal? Rehearsal { get; private set; }
    public string Address => "/access/people/" + Segment(Detail.Person.Subject);
    public bool CanEnd => Held.State != "ended";

    public async Task<IActionResult> OnGetAsync(string subject, string role, CancellationToken ct)
    {
        if (!await LoadAsync(subject, role, ct))
        {
            return Refusal;
        }

        if (!CanEnd)
        {
            AddFault(null, "This role has ended. Nothing was changed. Give it anew if it is needed.");
            return Again(StatusCodes.Status409Conflict);
        }

        Rehearsal = new Rehearsal(Detail.Person.Name, [], [Held.Role], false, false, false, await effect.OfEndingAsync(caller, subject, Held.Role, ct));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string subject, string role, CancellationToken ct)
    {
        if (!await LoadAsync(subject, role, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<RolesOutcome>(HttpMethod.Post, $"people/{Segment(subject)}/roles/{Segment(role)}/end", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Address, "The role of {0} has ended.", Detail.Person.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string subject, string role, CancellationToken ct)
    {
        if (await ReadAsync<PersonDetail>("people/" + Segment(subject), ct) is not { } detail || detail.Roles.FirstOrDefault(held => held.Id == role) is not { } found)
        {
            return false;
        }

        (Detail, Held) = (detail, found);
        return true;
    }
}
