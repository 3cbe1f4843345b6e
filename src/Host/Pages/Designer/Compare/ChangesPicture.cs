using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Compare;

/// <summary>Draws the newer of two versions with what the older one lacked, had, said otherwise and had elsewhere. Each is told by its line and its words, not by colour alone.</summary>
public sealed class ChangesPicture
{
    private const double Row = 40;
    private static readonly string[] s_states = ["added", "removed", "changed", "moved"];
    private readonly WorkflowDefinition _older;
    private readonly WorkflowDefinition _newer;
    private readonly Dictionary<string, string> _boxes = [];
    private readonly ILookup<string, DefinitionChange> _changes;
    private readonly HashSet<(string, string, string)> _before;
    private readonly HashSet<(string, string, string)> _after;

    public ChangesPicture(WorkflowDefinition older, WorkflowDefinition newer, IReadOnlyList<DefinitionChange> changes)
    {
        (_older, _newer) = (older, newer);
        foreach (var box in newer.Root.Children.Concat(older.Root.Children))
        {
            foreach (var node in box.SelfAndBelow())
            {
                _boxes.TryAdd(node.Id, box.Id);
            }
        }

        _changes = changes.Where(change => change.ActivityId is not null && _boxes.ContainsKey(change.ActivityId)).ToLookup(change => _boxes[change.ActivityId!]);
        _before = [.. older.Root.Connections.Select(Ends)];
        _after = [.. newer.Root.Connections.Select(Ends)];
    }

    /// <summary>False where there is nothing to draw: a workflow that is no flowchart.</summary>
    public bool CanBeDrawn => _newer.Root.Type == "Elsa.Flowchart" && _newer.Root.Children.Length > 0;

    public IHtmlContent Draw(string id, IStringLocalizer<PageText> words)
    {
        var kept = _newer.Root.Children.Select(node => Shown(node, StateOf(node.Id), words)).ToList();
        var gone = _older.Root.Children.Where(node => _newer.Root.Children.All(other => other.Id != node.Id)).ToList();
        var steps = kept.Concat(Lowered(gone, [.. _newer.Root.Children.Select(Box)], words)).ToList();
        List<PictureArrow> arrows =
        [
            .. PictureArrow.Of(_newer.Root, arrow => _before.Contains(Ends(arrow)) ? ("", null) : ("added", "+")),
            .. PictureArrow.Of(_older.Root, _ => ("removed", "−")).Where(arrow => !_after.Contains(Ends(arrow.Ends))),
        ];
        var counts = s_states.Select(state => steps.Count(step => step.Css == state)).ToList();
        return new FlowPicture(steps, arrows, id).Draw(
            words["{0}: what is different", _newer.Name ?? _newer.DefinitionId],
            words["Steps: {0} new, {1} gone, {2} changed, {3} moved. Connections: {4} new, {5} gone. The list of changes says each in words.",
                counts[0], counts[1], counts[2], counts[3], arrows.Count(arrow => arrow.Css == "added"), arrows.Count(arrow => arrow.Css == "removed")]);
    }

    private static PictureStep Shown(ActivityNode node, string state, IStringLocalizer<PageText> words, double lowered = 0) => new(node, state, state switch
    {
        "added" => [$"+ {words["New"]}"],
        "removed" => [$"− {words["Gone"]}"],
        "changed" => [$"≠ {words["Changed"]}"],
        "moved" => [$"↔ {words["Moved"]}"],
        _ => [],
    }, lowered);

    private string StateOf(string stepId)
    {
        if (_older.Root.Children.All(node => node.Id != stepId))
        {
            return _older.Root.SelfAndBelow().Any(node => node.Id == stepId) ? "moved" : "added";
        }

        var of = _changes[stepId].Where(change => change.Part != ChangedPart.Connection).ToList();
        return of.Exists(change => change.Kind is not (ChangeKind.Moved or ChangeKind.Redrawn) || change.ActivityId != stepId) ? "changed"
            : of.Exists(change => change.Kind == ChangeKind.Moved || change.Member == "metadata.designer") && StandsElsewhere(stepId) ? "moved"
            : "";
    }

    private bool StandsElsewhere(string stepId) =>
        StepBox.PositionOf(_older.Root.Children.First(node => node.Id == stepId).Json) != StepBox.PositionOf(_newer.Root.Children.First(node => node.Id == stepId).Json);

    // What is gone stands where it stood, or below what took its place.
    private IEnumerable<PictureStep> Lowered(List<ActivityNode> gone, List<StepBox> taken, IStringLocalizer<PageText> words)
    {
        foreach (var node in gone)
        {
            var box = Box(node);
            var lowered = 0.0;
            while (taken.Exists(other => other.IsNear(box, Row / 4)))
            {
                lowered += Row;
                box = box with { Y = box.Y + Row };
            }

            taken.Add(box);
            var state = _newer.Root.SelfAndBelow().Any(other => other.Id == node.Id) ? "moved" : "removed";
            yield return Shown(node, state, words, lowered * 1.2);
        }
    }

    private static StepBox Box(ActivityNode node) => StepBox.Of(node, null);

    private static (string, string, string) Ends(Connection arrow) => (arrow.Source, arrow.SourcePort, arrow.Target);
}
