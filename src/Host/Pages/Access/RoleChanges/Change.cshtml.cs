using Assize.Host.Access;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.RoleChanges;

public sealed class ChangeModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, TimeProvider clock, Caller caller, RoleEffect effect)
    : AdministrationPage(identity, text)
{
    [BindProperty]
    public RoleForm Form { get; set; } = new();

    public PersonDetail Detail { get; private set; } = null!;
    public HeldRole Held { get; private set; } = null!;
    public RoleFields Fields { get; private set; } = null!;
    public Rehearsal? Rehearsal { get; private set; }
    public string Address => "/access/people/" + Segment(Detail.Person.Subject);
    public string Action => $"{Address}/roles/{Segment(Held.Id)}/change";

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = RoleFieldIds.All;

    public async Task<IActionResult> OnGetAsync(string subject, string role, CancellationToken ct)
    {
        if (!await LoadAsync(subject, role, ct))
        {
            return Refusal;
        }

        Form = RoleForm.Of(Held.Role, clock.GetUtcNow());
        Fields = Fields with { Form = Form };
        if (Held.State == "ended")
        {
            AddFault(null, "This role has ended. Nothing was changed. Give it anew if it is needed.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    /// <param name="step">"check", "edit" or "save".</param>
    public async Task<IActionResult> OnPostAsync(string subject, [FromRoute] string role, string? step, CancellationToken ct)
    {
        Form.ReadDays(Request.Form);
        if (!await LoadAsync(subject, role, ct))
        {
            return Refusal;
        }

        Form.Role = Held.Role.Role;
        if (step == "edit")
        {
            return Page();
        }

        foreach (var (fieldId, message) in Form.Faults())
        {
            AddFault(fieldId, message);
        }

        if (Faults.Count > 0)
        {
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var save = step == "save";
        var answer = await SendAsync<RolesOutcome>(HttpMethod.Put, $"people/{Segment(subject)}/roles/{Segment(role)}{(save ? "" : "?dryRun=true")}",
            new { role = Form.Gift(Fields.Agency, clock.GetUtcNow()), reason = OneLine(Reason) }, ct);
        if (!answer.IsDone)
        {
            return Refuse(answer);
        }

        if (save)
        {
            return DoneAt(Address, "The role of {0} is changed.", Detail.Person.Name);
        }

        var rehearsal = Rehearsal.Of(Detail.Person.Roles, Detail.Person.Status, answer.Value!, null);
        // One that only ends sooner goes on until then.
        var ended = rehearsal.Loses.Where(role => answer.Value!.Person.Roles.Any(then => (then.Role, then.From) == (role.Role, role.From) && then.To <= clock.GetUtcNow()));
        Rehearsal = rehearsal with { Cases = await effect.OfMovesAsync(caller, [new GroupMove(subject, rehearsal.Name, rehearsal.Gets, [.. ended], Moved: false)], ct) };
        return Page();
    }

    private async Task<bool> LoadAsync(string subject, string role, CancellationToken ct)
    {
        if (await ReadAsync<PersonDetail>("people/" + Segment(subject), ct) is not { } detail
            || detail.Roles.FirstOrDefault(held => held.Id == role) is not { } found
            || await ReadAsync<RoleCatalogue>("roles", ct) is not { } catalogue
            || await ReadAsync<AgencyDetail>("agencies/" + Segment(detail.Person.Agency), ct) is not { } agency)
        {
            return false;
        }

        (Detail, Held, Fields) = (detail, found, new RoleFields(Form, catalogue, agency.Agency, IsFixed: true, Error));
        return true;
    }
}
