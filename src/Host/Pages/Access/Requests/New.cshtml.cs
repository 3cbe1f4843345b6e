using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Pages.Access.Requests;

public sealed class NewModel(AgencyPeople people, RequestCross ask, WhatIf whatIf, CaseDatabase database, Caller caller) : AccessForm
{
    public WhoField Who { get; private set; } = new("person", "Who is it for?");

    [BindProperty]
    public string? Scope { get; set; } = "case";

    [BindProperty(SupportsGet = true)]
    public string? Case { get; set; }

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Classification { get; set; } = Workflows.Access.Deciding.Classification.Private;

    public DayText Until { get; private set; } = DayText.Empty;
    public IReadOnlyList<Choice> Agencies { get; private set; } = [];
    public AccessPolicy Policy { get; } = AccessPolicy.At(DateTimeOffset.UtcNow);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Who = Who with { Typed = caller.DisplayName };
        await AgenciesAsync(ct);
    }

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string? person, string? step, CancellationToken ct)
    {
        await AgenciesAsync(ct);
        Until = Typed("until");
        Who = Who with { Typed = person, Matches = await people.FindAsync(caller, person, ct) };
        if (step == "edit")
        {
            return Page();
        }

        if (Found() is { Count: > 0 } faults)
        {
            return Unfit(faults);
        }

        var isCase = Scope != "all";
        var urn = (Case ?? "").Trim().ToUpperInvariant();
        var asked = new CrossRequested(
            isCase ? urn : null, isCase ? null : AccessChoices.Jurisdiction, isCase ? null : Owner, Who.Account!, Role!, Classification ?? "", London.Midnight(Until.AsDay!.Value.AddDays(1)), Reason ?? "");
        if (step != "save")
        {
            return Shows(await whatIf.RunAsync(caller, new SimulatedChange { AskCross = asked }, ct));
        }

        await using var db = database.CreateDbContext();
        return await ask.RunAsync(db, caller, Posted(), asked, ct) switch
        {
            // A reference that nobody uses and one that the asker may not know of are told the same.
            Refused { Code: AccessCodes.NotFound or AccessCodes.NoStanding or "unit-not-found" } => Unfit(new Fault("case", "There is no case of that reference that you could ask about")),
            var answer => Ended(answer, "You asked for access. An approver of the person’s own agency must sponsor it, and then the other agency must consent.", "/access/requests"),
        };
    }

    /// <summary>What was written, to be sent again from the page that shows what it would change.</summary>
    public IEnumerable<(string Name, string? Value)> Hidden() =>
    [
        ("person", Who.Account), ("scope", Scope), ("case", Case), ("owner", Owner), ("role", Role), ("classification", Classification),
        ("until-day", Until.Day), ("until-month", Until.Month), ("until-year", Until.Year), ("reason", Reason),
    ];

    private List<Fault> Found()
    {
        Fault?[] faults =
        [
            Who.Account is null ? new Fault("person", Who.Problem) : null,
            Scope != "all" && string.IsNullOrWhiteSpace(Case) ? new Fault("case", "Enter the case’s reference") : null,
            Scope == "all" && Agencies.All(agency => agency.Value != Owner) ? new Fault("owner", "Choose the agency whose cases they are") : null,
            string.IsNullOrEmpty(Role) ? new Fault("role", "Choose a role of people who work on cases") : null,
            Until.AsDay is null ? new Fault("until-day", "Enter the last day, such as 27 3 2027") : null,
            ReasonFault(),
        ];
        return [.. faults.OfType<Fault>()];
    }

    private async Task AgenciesAsync(CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        Agencies = [.. (await db.Set<Agency>().AsNoTracking().Where(agency => agency.Status == DirectoryStatus.Active && agency.Kind != "platform" && agency.Id != caller.Agency)
            .OrderBy(agency => agency.Name).ToListAsync(ct)).Select(agency => new Choice(agency.Id, agency.Name))];
    }
}
