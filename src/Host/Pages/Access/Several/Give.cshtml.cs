using Assize.Host.Access;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Several;

public sealed class GiveModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, RoleEffect effect, Caller caller, TimeProvider clock)
    : AdministrationPage(identity, text)
{
    [BindProperty(SupportsGet = true, Name = "subject")]
    public List<string> Chosen { get; set; } = [];

    public IReadOnlyList<ChosenPerson> People { get; private set; } = [];

    [BindProperty]
    public RoleForm Form { get; set; } = new();

    public RoleFields? Fields { get; private set; }
    public IReadOnlyList<Rehearsal> Rehearsals { get; private set; } = [];

    /// <summary>Null where nobody would get it at once, or the read copy does not know them yet.</summary>
    public SimulatedAccess? Change { get; private set; }

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = ChosenPeople.FieldIds;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ShowAsync(ct) ?? Page();

    /// <param name="step">"check", "edit" or "save".</param>
    public async Task<IActionResult> OnPostAsync(string? step, CancellationToken ct)
    {
        Form.ReadDays(Request.Form);
        if (await ShowAsync(ct) is { } refusal)
        {
            return refusal;
        }

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
        var answer = await SendAsync<SeveralOutcome>(HttpMethod.Post, $"role-gifts{(save ? "" : "?dryRun=true")}",
            new { subjects = Chosen, role = Form.Gift(Fields!.Agency, clock.GetUtcNow()), reason = OneLine(Reason) }, ct);
        if (!answer.IsDone)
        {
            return Refuse(answer);
        }

        if (save)
        {
            return answer.Value!.People.Any(person => person.Requests.Count > 0)
                ? DoneAt("/access/people", "You asked for the role. A second administrator decides within 14 days.")
                : DoneAt("/access/people", "People who have the role now: {0}.", Chosen.Count);
        }

        // What each of them has now was read with the answer: a role that begins with it was not there before.
        var now = clock.GetUtcNow();
        Rehearsals = [.. answer.Value!.People.Select(person => Rehearsal.Of(
            [.. person.Person.Roles.Where(role => People.First(known => known.Subject == person.Person.Subject).Held.Any(held => held.Id == role.Id) || role.To <= now)],
            People.First(known => known.Subject == person.Person.Subject).Status, person, null))];
        Change = Rehearsals.SelectMany(rehearsal => rehearsal.Gets).FirstOrDefault() is { } gift ? await effect.OfGivingAsync(caller, Chosen, gift, ct) : null;
        return Page();
    }

    private async Task<IActionResult?> ShowAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } refusal)
        {
            return refusal;
        }

        if (await ReadAsync<RoleCatalogue>("roles", ct) is not { } catalogue || await ReadAsync<AgencyDetail>("agencies/" + Segment(caller.Agency), ct) is not { } agency)
        {
            return Refusal;
        }

        Fields = new RoleFields(Form, catalogue, agency.Agency, IsFixed: false, Error);
        return null;
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken ct)
    {
        if (ChosenPeople.Problem(Chosen) is { } problem)
        {
            AddFault(null, problem);
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        if (await ReadAsync<DirectoryList<ChosenPerson>>(ChosenPeople.Query(Chosen), ct) is not { } found)
        {
            return Refusal;
        }

        People = found.Items;
        return People.Count == Chosen.Count ? null : NotFound();
    }
}
