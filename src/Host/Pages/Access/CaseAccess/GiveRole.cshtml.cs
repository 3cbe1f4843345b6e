using Assize.Host.Components;
using Assize.Host.Pages.Access.Requests;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Grants;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.CaseAccess;

public sealed class GiveRoleModel(CaseAccessQueries cases, AgencyPeople people, GrantRun run, WhatIf whatIf, Caller caller) : AccessForm
{
    public CaseAccessView View { get; private set; } = null!;
    public WhoField Who { get; private set; } = new("person", "Who is it for?");
    public string? Role { get; private set; }
    public string? Classification { get; private set; }
    public DayText Until { get; private set; } = DayText.Empty;

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct) => await FindAsync(urn, ct) ?? Page();

    /// <summary>What was written, to be sent again from the page that shows what it would change.</summary>
    public IEnumerable<(string Name, string? Value)> Hidden() =>
    [
        ("person", Who.Found?.Subject), ("role", Role), ("classification", Classification), ("until-day", Until.Day), ("until-month", Until.Month), ("until-year", Until.Year), ("reason", Reason),
    ];

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string urn, string? person, string? role, string? classification, string? step, CancellationToken ct)
    {
        if (await FindAsync(urn, ct) is { } refused)
        {
            return refused;
        }

        (Role, Classification, Until) = (role, classification ?? Classification, Typed("until"));
        Who = Who with { Typed = person, Matches = await people.FindAsync(caller, person, ct) };
        if (step == "edit")
        {
            return Page();
        }

        Fault?[] faults =
        [
            Who.Found is null ? new Fault("person", Who.Problem) : null,
            string.IsNullOrEmpty(role) ? new Fault("role", "Choose a role of people who work on cases") : null,
            !Until.IsEmpty && Until.AsDay is null ? new Fault("until-day", "Enter a day, such as 27 3 2027, or leave it empty") : null,
            ReasonFault(),
        ];
        if (faults.Any(fault => fault is not null))
        {
            return Unfit([.. faults.OfType<Fault>()]);
        }

        var given = new CaseRoleGiven(View.Urn, Who.Found!.Subject, role!, Classification!, Until.AsDay is { } day ? London.Midnight(day.AddDays(1)) : null, Reason ?? "");
        return step == "save"
            ? Ended(await run.GiveAsync(caller, Posted(), given, ct), "The role is given, and holds at once.", $"/cases/{View.Urn}/access")
            : Shows(await whatIf.RunAsync(caller, new SimulatedChange { GiveCaseRole = given }, ct));
    }

    private async Task<IActionResult?> FindAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } view)
        {
            return NotFound();
        }

        (View, Classification) = (view, view.Classification);
        return view.MayGive ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
