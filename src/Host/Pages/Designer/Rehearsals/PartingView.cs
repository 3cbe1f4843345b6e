using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Migrating;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Rehearsals;

/// <summary>Why cases part from a version, at which steps, and how many: as a table, and on the drawing.</summary>
/// <param name="mayDraw">Whether whoever looks may see the text: it is published, or theirs to draft.</param>
public sealed class PartingView(IReadOnlyList<RehearsalReason> reasons, PlannedVersions versions, bool mayDraw)
{
    private readonly Dictionary<string, string> _titles = versions.Targets.Concat(versions.Olds).SelectMany(drawn => drawn.Root.SelfAndBelow())
        .GroupBy(node => node.Id).ToDictionary(nodes => nodes.Key, nodes => nodes.First().DisplayText);

    public IReadOnlyList<RehearsalReason> Reasons => reasons;

    public string TitleOf(string activityId) => _titles.GetValueOrDefault(activityId, activityId);

    /// <summary>False where none of the steps is on the drawing: they are of the versions that the cases run on.</summary>
    public bool CanBeDrawn => mayDraw && versions.Drawn.Root.Type == "Elsa.Flowchart" && CasesByBox().Count > 0;

    public IHtmlContent Draw(IStringLocalizer<PageText> words)
    {
        var cases = CasesByBox();
        var steps = versions.Drawn.Root.Children.Select(node => new PictureStep(
            node, cases.ContainsKey(node.Id) ? "trouble" : "", cases.TryGetValue(node.Id, out var count) ? [words["{0} cases", count]] : [])).ToList();
        return new FlowPicture(steps, [.. PictureArrow.Of(versions.Drawn.Root, _ => ("", null))], "parting")
            .Draw(words["{0}: where cases part", versions.Drawn.Name ?? versions.Drawn.DefinitionId], string.Join(" ", reasons.Select(reason => reason.Words)));
    }

    // A step within a box counts for the box.
    private Dictionary<string, int> CasesByBox() => versions.Drawn.Root.Children
        .Select(box => (box.Id, Cases: reasons.Where(reason => box.SelfAndBelow().Any(node => node.Id == reason.ActivityId)).Sum(reason => reason.Cases)))
        .Where(box => box.Cases > 0).ToDictionary(box => box.Id, box => box.Cases);
}
