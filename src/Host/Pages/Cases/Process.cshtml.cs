using Assize.Host.Api.Contracts;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Cases;

public sealed class ProcessModel(ProcessQueries processes, DefinitionQueries definitions, Caller caller) : PageModel
{
    public CaseProcess Process { get; private set; } = null!;

    /// <summary>One for each workflow version that runs; several defendants on one version share a picture.</summary>
    internal IReadOnlyList<Drawing> Drawings { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct)
    {
        if (await processes.FindAsync(caller, urn, ct) is not { } process)
        {
            return NotFound();
        }

        Process = process;
        var travellers = process.Defendants
            .SelectMany((defendant, index) => defendant.Paths.Select(path => new Traveller($"{index + 1}. {defendant.Name}", path)));
        if (process.Case is { } own)
        {
            travellers = travellers.Prepend(new Traveller("", own));
        }

        var drawings = new List<Drawing>();
        foreach (var group in travellers.GroupBy(traveller => (traveller.Path.Workflow, traveller.Path.Version)))
        {
            if (await definitions.FindAsync(group.Key.Workflow, group.Key.Version, ct) is { } drawn)
            {
                drawings.Add(new Drawing($"picture-{drawings.Count + 1}", drawn, [.. group]));
            }
        }

        Drawings = drawings;
        return Page();
    }

    internal sealed record Drawing(string Id, DrawnDefinition Drawn, IReadOnlyList<Traveller> Travellers)
    {
        public string Name => Drawn.Name;
        public int Version => Drawn.Definition.Version;
        public IHtmlContent Picture => new ProcessPicture(Drawn, Travellers, Id).Draw();

        public string Step(string activityId) => Drawn.StepText(activityId);

        public IEnumerable<string> Steps(IEnumerable<string> activityIds) => activityIds.Where(id => Drawn.Box(id) is not null).Select(Drawn.StepText);
    }
}
