using System.Collections.Immutable;
using System.Globalization;
using Assize.Engine.Definitions;

namespace Assize.Workflows.Activities;

/// <summary>Published workflows as steps name them: one that is used as an activity by its exact version, one that is started by none, which means the newest.</summary>
public sealed class NamedWorkflows
{
    private readonly IReadOnlyDictionary<(string Id, int? Version), WorkflowDefinition> _found;
    private readonly Func<string, IReadOnlyList<int>> _numbers;

    private NamedWorkflows(IReadOnlyDictionary<(string, int?), WorkflowDefinition> found, Func<string, IReadOnlyList<int>> numbers) => (_found, _numbers) = (found, numbers);

    /// <summary>Each of them once.</summary>
    public IEnumerable<WorkflowDefinition> All => _found.Values.Distinct();

    /// <summary>Those that are started.</summary>
    public IEnumerable<WorkflowDefinition> Newest => _found.Where(x => x.Key.Version is null).Select(x => x.Value);

    /// <summary>Which version each name comes to: a question about the same names that come to others is another question.</summary>
    public IEnumerable<string> Key => _found.Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Key.Id} {(x.Key.Version is null ? "newest " : "")}{x.Value.Version}")).Order(StringComparer.Ordinal);

    /// <param name="published">All versions that there are.</param>
    public static NamedWorkflows Among(IEnumerable<WorkflowDefinition> published)
    {
        ILookup<string, WorkflowDefinition> byId = published.OrderBy(x => x.Version).ToLookup(x => x.DefinitionId);
        return new(
            byId.SelectMany(x => x.Select(version => ((x.Key, (int?)version.Version), version)).Append(((x.Key, null), x.Last()))).ToDictionary(x => x.Item1, x => x.Item2),
            id => [.. byId[id].Select(x => x.Version)]);
    }

    /// <summary>Those that a definition can come to run: what it uses and starts, what these use and start, and so on; itself only where it can reach itself.</summary>
    /// <param name="find">A published version, or the newest where null.</param>
    /// <param name="numbers">The versions of a workflow that somebody could name.</param>
    public static async Task<NamedWorkflows> InReachOfAsync(WorkflowDefinition definition, Func<string, int?, Task<WorkflowDefinition?>> find, Func<string, IReadOnlyList<int>> numbers) =>
        new(await NamedDefinitions.GatherAsync(definition, step => SubWorkflows.Named(step).Select(x => (x.Id, x.Version)), find), numbers);

    public WorkflowDefinition? Find(string id, int? version) => _found.GetValueOrDefault((id, version));

    public IReadOnlyList<int> Numbers(string id) => _numbers(id);
}
