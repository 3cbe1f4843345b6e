using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Queries;
using Microsoft.AspNetCore.Html;

namespace Assize.Host.Pages.Cases;

/// <summary>Draws a definition with where each traveller stands. The page says the same in words below it.</summary>
internal sealed class ProcessPicture(DrawnDefinition drawn, IReadOnlyList<Traveller> travellers, string id)
{
    private readonly HashSet<string> _done = [.. travellers.SelectMany(traveller => traveller.Path.Done.Select(drawn.Box)).OfType<string>()];
    private readonly ILookup<string?, (string Label, string Text)> _here = travellers
        .SelectMany(traveller => traveller.Path.Waits.Select(wait => (Box: drawn.Box(wait.ActivityId), traveller.Label, Text: Waiting(wait))))
        .ToLookup(mark => mark.Box, mark => (mark.Label, mark.Text));
    private readonly HashSet<string> _trouble = [.. travellers.SelectMany(traveller => traveller.Path.Incidents.Select(incident => drawn.Box(incident.ActivityId))).OfType<string>()];

    public IHtmlContent Draw() => new FlowPicture(
        [.. drawn.Definition.Root.Children.Select(node => new PictureStep(node, State(node.Id), [.. _here[node.Id].Select(mark => mark.Label.Length == 0 ? mark.Text : $"{mark.Label}: {mark.Text}")]))],
        [.. PictureArrow.Of(drawn.Definition.Root, arrow => (_done.Contains(arrow.Source) && (_done.Contains(arrow.Target) || _here.Contains(arrow.Target)) ? "taken" : "", null))],
        id).Draw($"{drawn.Name}: the drawn process", "The same is said in words below the picture.");

    private string State(string stepId) => _trouble.Contains(stepId) ? "trouble" : _here.Contains(stepId) ? "here" : _done.Contains(stepId) ? "done" : "";

    private static string Waiting(WaitItem wait) => wait.Until is { } until ? $"{wait.For}, until {London.ShortDay(until)}" : wait.For;
}

/// <summary>Who goes through a drawing; the label is empty where there is only the case.</summary>
internal sealed record Traveller(string Label, PathPosition Path);
