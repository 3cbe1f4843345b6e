using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Several;

public sealed class EndModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, RoleEffect effect, Caller caller) : AdministrationPage(identity, text)
{
    [BindProperty(SupportsGet = true, Name = "subject")]
    public List<string> Chosen { get; set; } = [];

    public IReadOnlyList<ChosenPerson> People { get; private set; } = [];

    [BindProperty]
    public string? Role { get; set; }

    /// <summary>The page shows what would change, and asks again.</summary>
    public bool IsChecked { get; private set; }
    public SimulatedAccess? Change { get; private set; }

    /// <summary>Who of them would lose the role that was chosen.</summary>
    public IEnumerable<ChosenPerson> Holders => People.Where(person => person.Held.Any(held => held.Role == Role));

    /// <summary>What any of them holds, with how many do.</summary>
    public IReadOnlyList<Choice> Roles => [.. People.SelectMany(person => person.Held.Select(held => held.Role).Distinct()).GroupBy(role => role)
        .Select(role => new Choice(role.Key, Text[Words.Role(role.Key)], Text["held by {0} of them", role.Count()])).OrderBy(choice => choice.Label)];

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string> { ["roles"] = "role" };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ?? Page();

    /// <param name="step">"save" after what would change was shown, "edit" to choose again; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string? step, CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } refusal)
        {
            return refusal;
        }

        if (step == "edit")
        {
            return Page();
        }

        var roles = People.SelectMany(person => person.Held.Where(held => held.Role == Role).Select(held => new { subject = person.Subject, role = held.Id })).ToList();
        if (roles.Count == 0)
        {
            AddFault("role", "Choose a role");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        if (step != "save")
        {
            Change = await effect.OfEndingAsync(caller, [.. Holders.Select(person => person.Subject)], Role!, ct);
            IsChecked = true;
            return Page();
        }

        var answer = await SendAsync<SeveralOutcome>(HttpMethod.Post, "role-endings", new { roles, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/people", "Roles ended: {0}.", roles.Count) : Refuse(answer);
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
