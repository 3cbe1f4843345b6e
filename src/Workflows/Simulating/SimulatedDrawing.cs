using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Simulating;
using Assize.Workflows.Activities;
using Assize.Workflows.Calendars;
using Assize.Workflows.Cases;
using Assize.Workflows.Forms;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Simulating;

/// <summary>A drawing with every workflow that it starts or inlines, compiled, and how people have answered its steps so far.</summary>
internal sealed class SimulatedDrawing
{
    private readonly RuleCatalog _rules;
    private readonly Dictionary<string, MemoryVersion> _versions = [];

    private SimulatedDrawing(RuleCatalog rules, string id, WorkingCalendar calendar) => (_rules, DefinitionId, Calendar) = (rules, id, calendar);

    public string DefinitionId { get; }
    public WorkingCalendar Calendar { get; }

    /// <summary>How often each outcome of a step was chosen in real cases.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Chosen { get; private set; } = new Dictionary<string, IReadOnlyDictionary<string, int>>();

    /// <param name="workflows">The published workflows that it can come to run.</param>
    public static async Task<SimulatedDrawing> OfAsync(
        CaseDb db, RuleCatalog rules, WorkflowDefinition drawn, NamedWorkflows workflows, SimulationTerms terms, CancellationToken ct)
    {
        DateOnly day = terms.From;
        DateTimeOffset? before = terms.KnownBefore is { } known ? London.StartOf(known) : null;
        SimulatedDrawing drawing = new(rules, drawn.DefinitionId, (WorkingCalendar)rules.Newest("calendar", CaseStep.DefaultCalendar)!);
        // Where it starts itself, it is the drawing that is started.
        foreach (WorkflowDefinition definition in workflows.Newest.Prepend(drawn).DistinctBy(x => x.DefinitionId))
        {
            ImmutableSortedDictionary<string, int> pins = (await rules.UseAsync(db, definition, ct)).Resources
                .Where(x => rules.VersionOn(x.Kind, x.Id, day) is not null)
                .ToImmutableSortedDictionary(x => $"{x.Kind}:{x.Id}", x => rules.VersionOn(x.Kind, x.Id, day)!.Value, StringComparer.Ordinal);
            ExecutionGraph graph = Compiler.Compile(definition, CaseActivities.Table.Catalog, workflows.Find);
            drawing._versions[definition.DefinitionId] = new MemoryVersion(graph, pins, await rules.ResolveAsync(db, pins, ct));
        }
        drawing.Chosen = (await db.Tasks.Where(x => x.Outcome != null && x.CaseId != null && (before == null || x.CompletedAt < before))
            .GroupBy(x => new { x.ActivityId, x.Outcome }).Select(x => new { x.Key.ActivityId, x.Key.Outcome, Count = x.Count() }).ToListAsync(ct))
            .GroupBy(x => x.ActivityId).ToDictionary(x => x.Key, x => (IReadOnlyDictionary<string, int>)x.ToDictionary(y => y.Outcome!, y => y.Count));
        return drawing;
    }

    public MemoryVersion Choose(string definitionId, int? version) => _versions[definitionId];

    public Form? Form(string id, int version) => _rules.Find<Form>("form", id, version);

    /// <summary>The roles that its steps name.</summary>
    public static IReadOnlyList<string> Roles(IEnumerable<WorkflowDefinition> definitions) =>
        [.. definitions.SelectMany(x => DefinitionUse.Nodes(x.Root)).Select(x => DefinitionUse.Literal(x, "role")).OfType<string>().Where(x => x.Length > 0).Distinct().Order(StringComparer.Ordinal)];
}
