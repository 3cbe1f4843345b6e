using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Pages.Access.Exclusions;

public sealed class NewModel(AgencyPeople people, DeclareExclusion declare, SimulateChange simulate, CaseDatabase database, Caller caller) : AccessForm
{
    private static readonly Fault s_noCase = new("case", "There is no case of that reference that you could have a conflict with");

    public WhoField Who { get; private set; } = new("person", "Whose is it?");

    [BindProperty]
    public string? Scope { get; set; } = "case";

    [BindProperty(SupportsGet = true)]
    public string? Case { get; set; }

    [BindProperty]
    public string? Owner { get; set; }

    public DayText Until { get; private set; } = DayText.Empty;
    public IReadOnlyList<Choice> Agencies { get; private set; } = [];

    /// <summary>Everybody else declares their own only.</summary>
    public bool Administers => caller.HasRole(Roles.AgencyAdmin);

    /// <summary>Whose conflict it would be.</summary>
    public string Name => Who.Found?.Name ?? caller.DisplayName;

    public async Task OnGetAsync(CancellationToken ct) => await BeginAsync(ct);

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string? person, string? step, CancellationToken ct)
    {
        await BeginAsync(ct);
        Until = Typed("until");
        if (Administers)
        {
            Who = Who with { Typed = person, Matches = await people.FindAsync(caller, person, ct) };
        }

        if (step == "edit")
        {
            return Page();
        }

        if (Found() is { Count: > 0 } faults)
        {
            return Unfit(faults);
        }

        var subject = Administers ? Who.Found!.Subject : caller.Subject;
        var urn = Scope == "case" ? (Case ?? "").Trim().ToUpperInvariant() : null;
        await using var db = database.CreateDbContext();
        if (step != "save")
        {
            return await LookAsync(db, subject, urn, ct);
        }

        var conflict = new ConflictDeclared(
            subject, urn, Scope == "all" ? AccessChoices.Jurisdiction : null, Scope == "agency" ? Owner : null,
            Until.AsDay is { } day ? London.Midnight(day.AddDays(1)) : null, Reason ?? "");
        return await declare.RunAsync(db, caller, Posted(), conflict, ct) switch
        {
            Refused { Code: AccessCodes.NotFound or "unit-not-found" } => Unfit(s_noCase),
            var answer => Ended(answer, "The conflict is recorded, and holds at once.", "/access/exclusions"),
        };
    }

    /// <summary>What was written, to be sent again from the page that shows what it would change.</summary>
    public IEnumerable<(string Name, string? Value)> Hidden() =>
    [
        ("person", Who.Found?.Subject), ("scope", Scope), ("case", Case), ("owner", Owner),
        ("until-day", Until.Day), ("until-month", Until.Month), ("until-year", Until.Year), ("reason", Reason),
    ];

    private async Task<IActionResult> LookAsync(CaseDb db, string subject, string? urn, CancellationToken ct)
    {
        Change = await simulate.RunAsync(db, caller, new SimulatedChange
        {
            Subject = subject,
            Urn = urn,
            AddExclusion = true,
            ExclusionJurisdiction = Scope == "all" ? AccessChoices.Jurisdiction : null,
            ExclusionAgency = Scope == "agency" ? Owner : null,
        }, ct);
        ModelState.Clear();
        return Page();
    }

    private List<Fault> Found()
    {
        Fault?[] faults =
        [
            Administers && Who.Found is null ? new Fault("person", Who.Problem) : null,
            Scope == "case" && string.IsNullOrWhiteSpace(Case) ? new Fault("case", "Enter the case’s reference") : null,
            Scope == "agency" && Agencies.All(agency => agency.Value != Owner) ? new Fault("owner", "Choose the agency whose cases they are") : null,
            Scope is not ("case" or "agency" or "all") ? new Fault("scope", "Choose with what the conflict is") : null,
            string.IsNullOrWhiteSpace(Reason) ? new Fault("reason", "Say why") : null,
            !Until.IsEmpty && Until.AsDay is null ? new Fault("until-day", "Enter a day, such as 27 3 2027, or leave it empty") : null,
        ];
        return [.. faults.OfType<Fault>()];
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        Who = Who with { Typed = caller.DisplayName };
        await using var db = database.CreateDbContext();
        Agencies = [.. (await db.Set<Agency>().AsNoTracking().Where(agency => agency.Kind != "platform").OrderBy(agency => agency.Name).ToListAsync(ct)).Select(agency => new Choice(agency.Id, agency.Name))];
    }
}
