using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Every place of a workflow where a step can stand, in reading order, as a list to choose from.</summary>
internal sealed class OutlinePlaces(OutlineView view, IStringLocalizer<PageText> words)
{
    private readonly IReadOnlyList<(string Value, string Label, StepPlace Place)> _all = [.. All(view.Outline.Whole, "", view, words)];

    /// <param name="moved">A step that looks for a place: it can stand neither beside nor within itself.</param>
    public IReadOnlyList<Choice> Choices(OutlineStep? moved = null)
    {
        var own = moved?.Node.SelfAndBelow().Select(node => node.Id).ToHashSet() ?? [];
        return [.. _all.Where(entry => !own.Contains(StepOf(entry.Place))).Select(entry => new Choice(entry.Value, entry.Label))];
    }

    public StepPlace? Find(string? value) => _all.FirstOrDefault(entry => entry.Value == value).Place;

    public static string Value(StepPlace place) => place switch
    {
        AfterStep after => $"after {after.StepId} {after.Port}",
        BeforeStep before => $"before {before.StepId}",
        WithinStep within => $"within {within.StepId} {within.Port}",
        _ => "",
    };

    private static string StepOf(StepPlace place) => place switch
    {
        AfterStep after => after.StepId,
        BeforeStep before => before.StepId,
        WithinStep within => within.StepId,
        _ => "",
    };

    private static IEnumerable<(string, string, StepPlace)> All(OutlineGroup group, string holder, OutlineView view, IStringLocalizer<PageText> words)
    {
        foreach (var step in group.Steps)
        {
            var name = $"{step.Number}. {step.Node.DisplayText}";
            yield return Entry(new BeforeStep(step.Node.Id), words["Before {0}", name]);
            var ports = step.Ports.IsEmpty ? step.Descriptor?.IsTerminal == true && group.Holder?.Type == "Elsa.Flowchart" ? [] : [Connection.DefaultPort] : step.Ports.Where(port => port.IsKnown).Select(port => port.Name);
            foreach (var port in ports)
            {
                yield return Entry(new AfterStep(step.Node.Id, port), port == Connection.DefaultPort ? words["After {0}", name] : words["After {0}, on “{1}”", name, port]);
            }

            foreach (var below in step.Groups)
            {
                foreach (var entry in All(below, step.Node.Id, view, words))
                {
                    yield return entry;
                }
            }
        }

        if (group.Port.Length > 0)
        {
            yield return Entry(new WithinStep(holder, group.Port), words["In the branch “{0}” of {1}", group.Label, view.Step(holder)?.Node.DisplayText ?? holder]);
        }
        else if (group.Holder is { } container)
        {
            yield return Entry(new WithinStep(container.Id, ""), holder.Length == 0 ? words["In the workflow, where nothing leads to it yet"] : words["Within {0}, where nothing leads to it yet", container.DisplayText]);
        }
    }

    private static (string, string, StepPlace) Entry(StepPlace place, string label) => (Value(place), label, place);
}
