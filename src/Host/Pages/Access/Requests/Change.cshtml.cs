using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Requests;

public sealed class ChangeModel(GrantQueries grants, GrantRun run, Caller caller) : AccessForm
{
    public GrantView View { get; private set; } = null!;

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Classification { get; set; }

    public DayText Until { get; private set; } = DayText.Empty;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } refused)
        {
            return refused;
        }

        (Role, Classification) = (View.Grant.Role, View.Grant.MaxClassification);
        Until = View.Grant.To is { } to ? DayText.Of($"{London.Day(to.AddTicks(-1)):yyyy-MM-dd}") : DayText.Empty;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } refused)
        {
            return refused;
        }

        Until = Typed("until");
        return Until.AsDay is not { } day
            ? Unfit(new Fault("until-day", "Enter the last day, such as 27 3 2027"))
            : Ended(
                await run.ChangeAsync(caller, Posted(), new CrossChanged(id, Role ?? "", Classification ?? "", London.Midnight(day.AddDays(1)), Reason ?? ""), ct),
                "It is changed. Less holds at once; more must be sponsored and consented to again.", "/access/requests");
    }

    private async Task<IActionResult?> FindAsync(string id, CancellationToken ct)
    {
        if (await grants.FindAsync(caller, id, ct) is not { } view || view.Grant.Kind != GrantKind.Cross)
        {
            return NotFound();
        }

        View = view;
        return view.May.Change ? null : Redirect($"/access/requests/{id}");
    }
}
