using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Simulating;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Simulate;

/// <summary>A year of invented cases through a drawing. The address holds the terms: the same address shows the same year.</summary>
public sealed class IndexModel(SimulateYear simulate, CaseDatabase database, BusinessClock clock, Caller caller) : PageModel
{
    private Simulated _found = null!;

    public string DefinitionId { get; private set; } = "";
    public string Name => _found.Drawn.Name ?? DefinitionId;
    public bool IsDraft => _found.IsDraft;
    public int Version => _found.Drawn.Version;
    public IReadOnlyList<string> Roles => _found.Roles;
    public SimulationPost Said { get; private set; } = null!;
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public SimulationReport? Report { get; private set; }

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    /// <param name="run">Set where the form was sent.</param>
    public async Task<IActionResult> OnGetAsync(string definitionId, bool run, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (await simulate.FindAsync(db, caller, definitionId, ct) is not { } found)
        {
            return NotFound();
        }

        (DefinitionId, _found) = (definitionId, found);
        var today = London.Day(clock.GetUtcNow());
        Said = run ? SimulationPost.Of(Request.Query, today) : SimulationPost.First(today, found.Roles);
        if (!run)
        {
            return Page();
        }

        (var terms, Faults) = Said.Read(found.Roles);
        if (Faults.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        Report = await simulate.RunAsync(db, found, terms, ct);
        return Page();
    }
}
