using System.Collections.Frozen;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping;
using Assize.Engine.Stepping.Activities;
using Assize.Engine.Stepping.Flowcharts;

namespace Assize.Engine.Soundness;

/// <summary>What of a flowchart's drawing tells which of its steps can get in each other's way.</summary>
internal sealed class FlowShape
{
    private readonly bool _byTokens;
    private readonly FrozenDictionary<string, IReadOnlySet<string>> _ancestors;
    private readonly FrozenSet<string> _escaping;
    private readonly FrozenSet<string> _passing;

    public FlowShape(FlowchartGraph graph, bool byTokens, Func<ActivityNode, bool> escapes, Func<ActivityNode, bool> mayPass)
    {
        (Graph, _byTokens) = (graph, byTokens);
        var activities = graph.Activities.Values;
        _ancestors = activities.Where(Cancels).ToFrozenDictionary(a => a.Id, a => graph.Ancestors(a.Id));
        // A loop that is not structured is an incident, which halts everything.
        _escaping = activities.Where(a => escapes(a) || (!byTokens && graph.Outbound(a.Id).Any(c => graph.IsBackward(c) && !graph.IsStructured(c)))).Select(a => a.Id).ToFrozenSet();
        _passing = activities.Where(mayPass).Select(a => a.Id).ToFrozenSet();
    }

    public FlowchartGraph Graph { get; }

    /// <summary>True where only lines that are followed count: nothing is skipped.</summary>
    public bool SkipsNothing => _byTokens;

    /// <summary>True where the step, or one within it, ends or halts more than itself.</summary>
    public bool Escapes(string id) => _escaping.Contains(id);

    /// <summary>True where the step may be over as soon as it is entered.</summary>
    public bool MayPass(string id) => _passing.Contains(id);

    public bool IsEnd(string id) => Graph.Activities[id].IsTerminal;

    /// <summary>True where several lines meet.</summary>
    public bool IsJoin(string id) => Graph.ForwardInbound(id).Length > 1;

    /// <summary>True where several lines meet and every one of them is waited for.</summary>
    public bool WaitsForAll(string id) => IsJoin(id) && !TakesFirst(Graph.Activities[id]);

    /// <summary>True where the step cancels what is upstream of it when it runs.</summary>
    public bool IsCanceller(string id) => _ancestors.ContainsKey(id);

    /// <summary>Steps of which this one looks, when a token comes, whether another token is on its way to them.</summary>
    public IEnumerable<string> LookedAt(string id) => _byTokens && !WaitsForAll(id) ? Graph.ForwardInbound(id).Select(c => c.Source) : [];

    /// <summary>True where the step, when it runs, cancels the other one if that still runs.</summary>
    public bool Cancels(string id, string other) => _ancestors.TryGetValue(id, out var upstream) && upstream.Contains(other);

    private bool Cancels(ActivityNode node) => _byTokens ? MergeMode(node) == "Race" : node.Type == FlowJoinHandler.Type;

    private bool TakesFirst(ActivityNode node) => _byTokens ? MergeMode(node) != "Merge" : node.Type == FlowJoinHandler.Type && Mode(node) == JoinMode.WaitAny;

    private static string? MergeMode(ActivityNode node) => node.Type != FlowJoinHandler.Type
        ? node.CustomProperties?.TextOf("mergeMode") is { } mode && mode.Equals("Merge", StringComparison.OrdinalIgnoreCase) ? "Merge"
            : node.CustomProperties?.TextOf("mergeMode") is { } other && other.Equals("Race", StringComparison.OrdinalIgnoreCase) ? "Race" : null
        : Mode(node) == JoinMode.WaitAny ? "Race" : "Merge";

    private static JoinMode Mode(ActivityNode join) =>
        Enum.TryParse<JoinMode>(join.Inputs.GetValueOrDefault("mode")?.Raw.ToText(), ignoreCase: true, out var mode) ? mode : JoinMode.WaitAny;
}
