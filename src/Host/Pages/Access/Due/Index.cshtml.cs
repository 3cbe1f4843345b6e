using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Pages.Access.Provisioning;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Due;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, RoleEffect effect, Caller caller) : AdministrationPage(identity, text)
{
    public const int Most = 20;

    [BindProperty(SupportsGet = true)]
    public int Within { get; set; } = 30;

    /// <summary>The page of the list: where the one before it ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Says since when the list has been looked at; a page of ticks is no review.</summary>
    [BindProperty]
    public string? Review { get; set; }

    /// <summary>A subject and a role's name within the account, with a space between.</summary>
    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    /// <summary>What ending those that were chosen would change; null until it is asked for.</summary>
    public GroupEffect? Effect { get; private set; }

    /// <summary>Of those that were chosen to be confirmed, the ones that sleep; none until it is asked for.</summary>
    public IReadOnlyList<DueRole> Waking { get; private set; } = [];

    /// <summary>What opens when they wake; null where the copy of the directory does not know it yet.</summary>
    public SimulatedAccess? Opened { get; private set; }

    public DueRoles List { get; private set; } = new([], null, "");
    public IReadOnlyList<Choice> Periods => [.. ((int[])[14, 30, 90, 180]).Select(days => new Choice($"{days}", Text["the next {0} days", days]))];
    public string Here => After is null ? $"/access/due?within={Within}" : $"/access/due?within={Within}&after={After}";
    public string? Next => List.After is null ? null : $"/access/due?within={Within}&after={List.After}";

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string> { ["roles"] = "chosen", ["review"] = "chosen" };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : Refusal;

    /// <param name="doing">"certify" or "end".</param>
    /// <param name="step">"save" after what would change was shown; confirming roles that are awake changes nothing and needs no look.</param>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = "do")] string? doing, string? step, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return Refusal;
        }

        if (Chosen.Count is 0 or > Most)
        {
            AddFault("chosen", Chosen.Count == 0 ? "Choose at least one role" : "Choose 20 roles at most");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var roles = Chosen.Select(chosen => chosen.Split(' ', 2)).Select(parts => new { subject = parts[0], role = parts[^1] });
        var here = $"/access/due?within={Within}";
        if (doing == "end")
        {
            var save = step == "save";
            var ended = await SendAsync<SeveralOutcome>(HttpMethod.Post, $"role-endings{(save ? "" : "?dryRun=true")}", new { roles, reason = OneLine(Reason) }, ct);
            if (ended.IsDone && !save)
            {
                List<GroupMove> people = [.. ended.Value!.People.Select(Losing)];
                Effect = new GroupEffect(people, await effect.OfMovesAsync(caller, people, ct));
                return Page();
            }

            return ended.IsDone ? DoneAt(here, "Roles ended: {0}.", Chosen.Count) : Refuse(ended);
        }

        if (step != "save" && !string.IsNullOrWhiteSpace(Reason) && List.Items.Where(due => due.Overdue && Chosen.Contains($"{due.Subject} {due.Id}")).ToList() is { Count: > 0 } waking)
        {
            (Waking, Opened) = (waking, await effect.OfConfirmingAsync(caller, waking, ct));
            return Page();
        }

        var certified = await SendAsync<CertifiedSeveral>(HttpMethod.Post, "certifications", new { roles, reason = OneLine(Reason), review = Review ?? List.Review }, ct);
        return certified.IsDone ? DoneAt(here, "Roles confirmed: {0}.", certified.Value!.Certified) : Refuse(certified);
    }

    private GroupMove Losing(RolesOutcome person) => new(
        person.Person.Subject, person.Person.Name, [], [.. person.Person.Roles.Where(role => Chosen.Contains($"{person.Person.Subject} {role.Id}"))], person.Moved);

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var found = await ReadAsync<DueRoles>($"due?within={Within}&after={Segment(After ?? "")}", ct);
        List = found ?? List;
        return found is not null;
    }
}
