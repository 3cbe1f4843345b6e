using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Microsoft.AspNetCore.Html;

namespace Assize.Host.Pages.Cases;

/// <summary>The pictures of a case's process: one for each workflow version that runs; several defendants on one version share a picture.</summary>
public sealed record Drawings
{
    private Drawings(IReadOnlyList<Drawing> all) => All = all;

    internal IReadOnlyList<Drawing> All { get; }

    /// <summary>The address under which whoever looks may take steps again that went wrong; null where they may not.</summary>
    public string? Incidents { get; init; }

    /// <param name="unpublished">A drawing that is not among the published ones.</param>
    public static async Task<Drawings> OfAsync(CaseProcess process, DefinitionQueries definitions, CancellationToken ct, DrawnDefinition? unpublished = null)
    {
        var travellers = process.Defendants
            .SelectMany((defendant, index) => defendant.Paths.Select(path => new Traveller($"{index + 1}. {defendant.Name}", path)));
        if (process.Case is { } own)
        {
            travellers = travellers.Prepend(new Traveller("", own));
        }

        var drawings = new List<Drawing>();
        foreach (var group in travellers.GroupBy(traveller => (traveller.Path.Workflow, traveller.Path.Version)))
        {
            var (workflow, version) = group.Key;
            if ((unpublished?.Is(workflow, version) == true ? unpublished : await definitions.FindAsync(workflow, version, ct)) is { } drawn)
            {
                drawings.Add(new Drawing($"picture-{drawings.Count + 1}", drawn, [.. group]));
            }
        }

        return new Drawings(drawings);
    }
}

internal sealed record Drawing(string Id, DrawnDefinition Drawn, IReadOnlyList<Traveller> Travellers)
{
    public string Name => Drawn.Name;
    public int Version => Drawn.Definition.Version;
    public IHtmlContent Picture => new ProcessPicture(Drawn, Travellers, Id).Draw();

    public string Step(string activityId) => Drawn.StepText(activityId);

    public IEnumerable<string> Steps(IEnumerable<string> activityIds) => activityIds.Where(id => Drawn.Box(id) is not null).Select(Drawn.StepText);
}
