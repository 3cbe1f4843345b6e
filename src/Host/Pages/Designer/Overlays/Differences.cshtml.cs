using Assize.Engine.Definitions;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Overlays;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Overlays;

/// <summary>Which forces and areas differ, and where: the steps of each workflow against those who have an overlay on a legal day.</summary>
public sealed class DifferencesModel(OverlayQueries overlays, DefinitionQueries definitions, BusinessClock clock, IStringLocalizer<PageText> words) : PageModel
{
    public DayText Day { get; private set; } = DayText.Empty;
    public DateOnly On { get; private set; }
    public IReadOnlyList<DifferenceTable> Tables { get; private set; } = [];
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public string? DayError { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "on-day")] string? day, [FromQuery(Name = "on-month")] string? month, [FromQuery(Name = "on-year")] string? year, CancellationToken ct)
    {
        var asked = new DayText(day, month, year);
        On = London.Day(clock.GetUtcNow());
        if (!asked.IsEmpty && !DateOnly.TryParseExact(asked.Iso, "yyyy-MM-dd", out var on))
        {
            (Day, DayError) = (asked, words["Enter a day that exists, like 27 3 2026"]);
            Faults = [new Fault("on-day", DayError)];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        On = asked.IsEmpty ? On : DateOnly.ParseExact(asked.Iso, "yyyy-MM-dd");
        Day = DayText.Of($"{On:yyyy-MM-dd}");
        List<DifferenceTable> tables = [];
        foreach (var workflow in await overlays.OnAsync(On, ct))
        {
            tables.Add(DifferenceTable.Of(workflow, (await definitions.FindAsync(workflow.Workflow, workflow.Baseline, ct))!.Definition));
        }

        Tables = tables;
        return Page();
    }
}

/// <summary>A workflow's steps that somebody does otherwise, in the order in which they are drawn.</summary>
public sealed record DifferenceTable(WorkflowDefinition Baseline, IReadOnlyList<Overlay> Held, IReadOnlyList<DifferenceRow> Rows)
{
    internal static DifferenceTable Of(WorkflowOverlays workflow, WorkflowDefinition baseline) => new(baseline, workflow.Held,
    [
        .. baseline.Root.SelfAndBelow().Select(step => new DifferenceRow(step, [.. workflow.Held.Select(overlay => At(overlay, step.Id))])).Where(row => row.Cells.Any(cell => cell.Count > 0)),
    ]);

    // What stands on an added step stands where that one does.
    private static List<OverlayOperation> At(Overlay overlay, string step) => [.. overlay.Operations.Where(x => Root(overlay, x, []) == step)];

    private static string Root(Overlay overlay, OverlayOperation operation, HashSet<string> seen) =>
        seen.Add(operation.Id) && overlay.Operations.FirstOrDefault(x => x.Does == OverlayDoes.Add && x.Id == operation.Activity) is { } below ? Root(overlay, below, seen) : operation.Activity;
}

/// <param name="Cells">In the order of the overlays; empty where the step is as in the baseline.</param>
public sealed record DifferenceRow(ActivityNode Step, IReadOnlyList<IReadOnlyList<OverlayOperation>> Cells);
