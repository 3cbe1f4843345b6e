using Assize.Host.Access;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.RoleChanges;

public sealed class GiveModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller, TimeProvider clock, RoleEffect effect)
    : AdministrationPage(identity, text)
{
    [BindProperty]
    public RoleForm Form { get; set; } = new();

    /// <summary>"post" where the role takes the place of those that they have.</summary>
    [BindProperty]
    public string? As { get; set; }

    public PersonDetail Detail { get; private set; } = null!;
    public RoleFields Fields { get; private set; } = null!;
    public Rehearsal? Rehearsal { get; private set; }
    public string Address => "/access/people/" + Segment(Detail.Person.Subject);
    public bool HasRoles => Detail.Roles.Any(role => role.State != "ended");
    public bool Moves => As == "post" && HasRoles;

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = RoleFieldIds.All;

    public async Task<IActionResult> OnGetAsync(string subject, CancellationToken ct) => await LoadAsync(subject, ct) ? Page() : Refusal;

    /// <param name="step">"check", "edit" or "save".</param>
    public async Task<IActionResult> OnPostAsync(string subject, string? step, CancellationToken ct)
    {
        Form.ReadDays(Request.Form);
        if (!await LoadAsync(subject, ct))
        {
            return Refusal;
        }

        if (step == "edit")
        {
            return Page();
        }

        foreach (var (fieldId, message) in Form.Faults())
        {
            AddFault(fieldId, message);
        }

        if (Moves && Form.BeginsLater(clock.GetUtcNow()))
        {
            AddFault("first-day", "A change of posts begins now. Leave the first day empty");
        }

        if (Faults.Count > 0)
        {
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var save = step == "save";
        var address = $"people/{Segment(subject)}/roles{(save ? "" : "?dryRun=true")}";
        var gift = Form.Gift(Fields.Agency, clock.GetUtcNow());
        var answer = Moves
            ? await SendAsync<RolesOutcome>(HttpMethod.Put, address, new { roles = new[] { gift }, reason = OneLine(Reason) }, ct)
            : await SendAsync<RolesOutcome>(HttpMethod.Post, address, new { role = gift, reason = OneLine(Reason) }, ct);
        if (!answer.IsDone)
        {
            return Refuse(answer);
        }

        if (save)
        {
            return answer.Value!.Requests.Count > 0
                ? DoneAt(Address, "You asked for the role. A second administrator decides within 14 days.")
                : DoneAt(Address, "{0} has the role now.", Detail.Person.Name);
        }

        var rehearsal = Rehearsal.Of(Detail.Person.Roles, Detail.Person.Status, answer.Value!, null);
        Rehearsal = rehearsal with { Cases = rehearsal.Gets is [var given, ..] ? await effect.OfGivingAsync(caller, [subject], given, ct, instead: Moves) : null };
        return Page();
    }

    private async Task<bool> LoadAsync(string subject, CancellationToken ct)
    {
        if (await ReadAsync<PersonDetail>("people/" + Segment(subject), ct) is not { } detail
            || await ReadAsync<RoleCatalogue>("roles", ct) is not { } catalogue
            || await ReadAsync<AgencyDetail>("agencies/" + Segment(detail.Person.Agency), ct) is not { } agency)
        {
            return false;
        }

        (Detail, Fields) = (detail, new RoleFields(Form, catalogue, agency.Agency, IsFixed: false, Error));
        return true;
    }
}
