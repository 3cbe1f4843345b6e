using Assize.Host.Access;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.People;

public sealed class StatusModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, RoleEffect effect, Caller caller) : AdministrationPage(identity, text)
{
    public PersonDetail Detail { get; private set; } = null!;
    public StatusStep Step { get; private set; } = null!;

    /// <summary>Null where it concerns no cases, or the read copy does not know the account yet.</summary>
    public SimulatedAccess? Change { get; private set; }
    public string Address => "/access/people/" + Segment(Detail.Person.Subject);
    public bool CanBe => StatusStep.From(Detail.Person.Status).Contains(Step);

    public async Task<IActionResult> OnGetAsync(string subject, string? to, CancellationToken ct)
    {
        if (!await LoadAsync(subject, to, ct))
        {
            return Refusal;
        }

        if (!CanBe)
        {
            AddFault(null, AdministrationRefusals.Whole("wrong_state", ""));
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string subject, string? to, CancellationToken ct)
    {
        if (!await LoadAsync(subject, to, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<PersonRecord>(HttpMethod.Post, $"people/{Segment(subject)}/status", new { status = Step.To, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Address, Step.Done, Detail.Person.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string subject, string? to, CancellationToken ct)
    {
        if (StatusStep.Find(to) is not { } step || await ReadAsync<PersonDetail>("people/" + Segment(subject), ct) is not { } detail)
        {
            return false;
        }

        (Detail, Step) = (detail, step);
        Change = await effect.OfStatusAsync(caller, [detail.Person.Subject], step.To, ct);
        return true;
    }
}
