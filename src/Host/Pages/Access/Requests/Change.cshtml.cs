using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Grants;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Requests;

public sealed class ChangeModel(GrantQueries grants, GrantRun run, WhatIf whatIf, Caller caller) : AccessForm
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

    /// <summary>What was written, to be sent again from the page that shows what it would change.</summary>
    public IEnumerable<(string Name, string? Value)> Hidden() =>
        [("until-day", Until.Day), ("until-month", Until.Month), ("until-year", Until.Year), ("classification", Classification), ("role", Role), ("reason", Reason)];

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string id, string? step, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } refused)
        {
            return refused;
        }

        Until = Typed("until");
        if (step == "edit")
        {
            return Page();
        }

        Fault?[] faults = [Until.AsDay is null ? new Fault("until-day", "Enter the last day, such as 27 3 2027") : null, ReasonFault()];
        if (faults.Any(fault => fault is not null))
        {
            return Unfit([.. faults.OfType<Fault>()]);
        }

        var change = new CrossChanged(id, Role ?? "", Classification ?? "", London.Midnight(Until.AsDay!.Value.AddDays(1)), Reason ?? "");
        return step == "save"
            ? Ended(await run.ChangeAsync(caller, Posted(), change, ct), "It is changed. Less holds at once; more must be sponsored and consented to again.", "/access/requests")
            : Shows(await whatIf.RunAsync(caller, new SimulatedChange { ChangeCross = change }, ct));
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
