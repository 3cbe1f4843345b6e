using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Host.Pages.Designer.Compare;
using Assize.Host.Queries;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;

namespace Assize.Host.Pages.Designer.Overlays;

/// <summary>An overlay on a version of its workflow: what is different, drawn and in words, and what could not be done.</summary>
/// <param name="Baseline">Null where no version that it is for is published.</param>
public sealed record OverlayView(Overlay Overlay, WorkflowDefinition? Baseline, IReadOnlyList<DefinitionChange> Changes, ChangesPicture? Picture, IReadOnlyList<string> Problems)
{
    /// <summary>On the newest version of the workflow that it is for; null where the text is no overlay.</summary>
    public static async Task<OverlayView?> OfAsync(string text, DefinitionQueries definitions, CancellationToken ct)
    {
        Overlay overlay;
        try
        {
            overlay = Overlay.Read(text);
        }
        catch (RuleFileUnreadable)
        {
            // The page of the draft says what is wrong with it.
            return null;
        }

        var on = (await definitions.ListAsync(ct)).Where(row => row.Id == overlay.Workflow && row.RetractedAt is null && overlay.IsFor(row.Version)).MaxBy(row => row.Version);
        if (on is null)
        {
            return new OverlayView(overlay, null, [], null, []);
        }

        var baseline = (await definitions.FindAsync(on.Id, on.Version, ct))!.Definition;
        var merged = MergeOverlays.Onto(baseline, overlay);
        var changes = DefinitionDiff.Between(baseline, merged.Definition, CaseActivities.Table.Catalog);
        return new OverlayView(overlay, baseline, changes, new ChangesPicture(baseline, merged.Definition, changes), [.. merged.Problems.Select(problem => problem.Words)]);
    }
}
