using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Publications;

/// <summary>The way to what is wrong with a workflow: its steps in words, and on the drawing.</summary>
public sealed class FindingPicture
{
    private readonly WorkflowDefinition _drawn;

    // A step within a box counts for the box.
    private readonly Dictionary<string, string> _boxes = [];
    private readonly Dictionary<string, List<int>> _numbers = [];
    private readonly HashSet<(string From, string To)> _taken = [];

    public FindingPicture(WorkflowDefinition drawn, SoundnessFinding finding)
    {
        (_drawn, Finding) = (drawn, finding);
        foreach (var box in drawn.Root.Children)
        {
            foreach (var node in box.SelfAndBelow())
            {
                _boxes.TryAdd(node.Id, box.Id);
            }
        }

        foreach (var (step, index) in finding.Path.Select((step, index) => (step, index)))
        {
            Follow(step, index + 1);
        }
    }

    public SoundnessFinding Finding { get; }

    /// <summary>False where there is nothing to draw: a workflow that is no flowchart.</summary>
    public bool CanBeDrawn => _drawn.Root.Type == "Elsa.Flowchart" && _drawn.Root.Children.Length > 0;

    public IEnumerable<string> Steps(IStringLocalizer<PageText> words) => Finding.Path.Select(step =>
    {
        var entered = step.Entered.Select(TitleOf).OfType<string>().Distinct().ToList();
        var said = Capital(step.Words);
        return entered.Count == 0 ? said + "." : $"{said}. {words["Entered then:"]} {string.Join(", ", entered.Select(title => $"“{title}”"))}.";
    });

    public IHtmlContent Draw(string id, IStringLocalizer<PageText> words)
    {
        var wrong = Finding.ActivityId is { } at ? _boxes.GetValueOrDefault(at) : null;
        var steps = _drawn.Root.Children.Select(node => new PictureStep(
            node,
            node.Id == wrong ? "trouble" : _numbers.ContainsKey(node.Id) ? "done" : "",
            [.. Numbers(node.Id), .. node.Id == wrong ? [$"! {words["Here"]}"] : (string[])[]])).ToList();
        return new FlowPicture(steps, [.. PictureArrow.Of(_drawn.Root, arrow => (_taken.Contains((arrow.Source, arrow.Target)) ? "taken" : "", null))], id)
            .Draw(words["{0}: the way to what is wrong", _drawn.Name ?? _drawn.DefinitionId], Finding.Message);
    }

    private void Follow(PathStep step, int number)
    {
        var inOrder = step.Entered.Select(entered => _boxes.GetValueOrDefault(entered)).OfType<string>().Distinct().ToList();
        foreach (var (box, place) in inOrder.Select((box, place) => (box, place)))
        {
            (_numbers.TryGetValue(box, out var known) ? known : _numbers[box] = []).Add(number);
            foreach (var from in inOrder.Take(place).Append(_boxes.GetValueOrDefault(step.ActivityId)).OfType<string>())
            {
                _taken.Add((from, box));
            }
        }
    }

    private IEnumerable<string> Numbers(string box) =>
        _numbers.TryGetValue(box, out var numbers) ? [string.Join(", ", numbers.Distinct().Select(number => number.ToString(CultureInfo.InvariantCulture)))] : [];

    private string? TitleOf(string stepId) => _boxes.TryGetValue(stepId, out var box) ? _drawn.Root.Children.First(node => node.Id == box).DisplayText : null;

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
