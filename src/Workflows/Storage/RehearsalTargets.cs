using Assize.Engine.Definitions;
using Assize.Engine.Rehearsing;
using Assize.Engine.Storage;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>What each open case would get of a text: the text itself, or what it becomes with the overlays of the case's force and area.</summary>
internal sealed class RehearsalTargets(DefinitionCatalog catalog, RuleCatalog rules, WorkflowDefinition drawn)
{
    private readonly Dictionary<string, RehearsalTarget> _targets = [];

    public string Workflow => drawn.DefinitionId;

    public IEnumerable<ExecutionGraph> Graphs => _targets.Values.Select(x => x.Graph);

    /// <param name="asked">The case; null for an instance that has none, which takes no overlay.</param>
    public async Task<RehearsalTarget> OfAsync(DbContext db, NewInstance? asked, CancellationToken ct)
    {
        IReadOnlyList<Overlay> set = asked is null || drawn.Version < 0 ? [] : Chosen(asked);
        string key = string.Join(' ', set.Select(x => FormattableString.Invariant($"{x.Id}@{x.Version}")));
        return _targets.TryGetValue(key, out RehearsalTarget? known) ? known : _targets[key] = await MakeAsync(db, key, set, ct);
    }

    private List<Overlay> Chosen(NewInstance asked)
    {
        (Overlay? force, Overlay? area) = OverlayChoice.Of(rules.Overlays(Workflow), drawn.Version, asked.Day, asked.Force, asked.Area);
        return [.. new[] { force, area }.OfType<Overlay>()];
    }

    private async Task<RehearsalTarget> MakeAsync(DbContext db, string key, IReadOnlyList<Overlay> set, CancellationToken ct)
    {
        OverlayMerged merged = MergeOverlays.Onto(drawn, set);
        WorkflowDefinition becomes = merged.Problems.Count == 0 ? merged.Definition : drawn;
        return new RehearsalTarget(key, await rules.UseAsync(db, becomes, ct), await catalog.CompileAsync(db, becomes, ct), merged.Problems is [var problem, ..] ? Unfit(set, problem) : null);
    }

    private static RehearsalVerdict Unfit(IReadOnlyList<Overlay> set, OverlayProblem problem) => new(
        RehearsalClass.Stranded, "overlay-unfit", problem.Activity,
        $"What its force or area does otherwise ({string.Join(" and ", set.Select(x => $"“{x.Title.En}”"))}) does not fit this version: {problem.Message}", null);
}

/// <param name="Key">Tells what is made of other overlays apart.</param>
/// <param name="Unfit">What is to be said of every case where the overlays cannot be put on the text; null where they can.</param>
internal sealed record RehearsalTarget(string Key, DefinitionUse Use, ExecutionGraph Graph, RehearsalVerdict? Unfit);
