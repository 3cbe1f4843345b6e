using Assize.Host.Access;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Several;

public sealed class SuspendModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, RoleEffect effect, Caller caller) : AdministrationPage(identity, text)
{
    [BindProperty(SupportsGet = true, Name = "subject")]
    public List<string> Chosen { get; set; } = [];

    public IReadOnlyList<ChosenPerson> People { get; private set; } = [];

    public SimulatedAccess? Change { get; private set; }

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = ChosenPeople.FieldIds;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ShowAsync(ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await ShowAsync(ct) is { } refusal)
        {
            return refusal;
        }

        var answer = await SendAsync<object>(HttpMethod.Post, "suspensions", new { subjects = Chosen, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/people", "Accounts suspended: {0}.", Chosen.Count) : Refuse(answer);
    }

    private async Task<IActionResult?> ShowAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } refusal)
        {
            return refusal;
        }

        Change = await effect.OfStatusAsync(caller, Chosen, "suspended", ct);
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
