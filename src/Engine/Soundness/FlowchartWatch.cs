using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>The real flowchart, which says where it stops before an end, and what it leaves behind; and whose counters keep to what still matters.</summary>
internal sealed class FlowchartWatch(IActivityHandler real) : IActivityHandler
{
    /// <summary>The flowchart ended though no end was reached. Data: "by" the outcomes, and "join" where a line led to one that did not run.</summary>
    public const string RanDry = "RanDry";

    /// <summary>It ended while another of its steps still ran. Data: "step".</summary>
    public const string LeftRunning = "LeftRunning";

    /// <summary>It ended while a line that was followed still waited before a join. Data: "join".</summary>
    public const string LeftWaiting = "LeftWaiting";

    /// <summary>What it did depends on how often a loop went round before, which was not counted so far. Data: "step".</summary>
    public const string CountsUsed = "CountsUsed";

    public ActivityDescriptor Descriptor => real.Descriptor;

    public void Enter(IStep step) => real.Enter(step);

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes)
    {
        var graph = step.Graph.Flowchart(step.Activity.NodeId, step.Memory.TextOf("startedBy"));
        var isEnd = graph.Activities[child.ActivityId].IsTerminal;
        if (isEnd && step.Children is [var other, ..])
        {
            step.Note(LeftRunning, data: new JsonObject { ["step"] = other.ActivityId, ["end"] = child.ActivityId });
        }
        var lines = Count(step, graph, child, outcomes);
        if (!isEnd && step.Children.Count > 0)
        {
            return;
        }
        if (lines.FirstOrDefault(l => l.Target != child.ActivityId && !step.Children.Any(c => c.ActivityId == l.Target)) is { } waiting)
        {
            step.Note(LeftWaiting, data: new JsonObject { ["join"] = waiting.Target, ["end"] = child.ActivityId, ["for"] = Others(graph, lines, waiting.Target) });
        }
        else if (!isEnd && !EndsHere(graph, child, outcomes))
        {
            step.Note(RanDry, data: Dry(graph, child, outcomes));
        }
    }

    /// <summary>Lets the real flowchart go on, and gives the lines that were followed and have run nothing yet.</summary>
    private IReadOnlyList<Connection> Count(IStep step, FlowchartGraph graph, ActivityState child, IReadOnlyList<string> outcomes)
    {
        var before = step.Children.Select(c => c.Id).ToHashSet();
        var (unknown, tokens) = (LineCounts.Unknown(step.Memory), TokenCounts.Of(step.Memory));
        real.ChildEnded(step, child, outcomes);
        List<string> running = [.. step.Children.Select(c => c.ActivityId)];
        if (step.Graph.Definition.IsTokenBased ? TokenCounts.Settle(step.Memory, tokens, IsOver) : LineCounts.WereUsed(unknown, step.Memory, graph))
        {
            step.Note(CountsUsed, data: new JsonObject { ["step"] = child.ActivityId });
        }
        if (step.Graph.Definition.IsTokenBased)
        {
            return FlowLines.OfTokens(step.Memory, graph);
        }
        var live = FlowLines.OfCounters(step, graph, child, outcomes, before);
        LineCounts.Forget(step.Memory, graph, live, IsOver);
        return live;

        bool IsOver(int line) => !graph.MayBeVisited(graph.ByIndex(line), running);
    }

    // Those whose line has not come to the join.
    private static JsonArray Others(FlowchartGraph graph, IReadOnlyList<Connection> waiting, string join) =>
        [.. graph.ForwardInbound(join).Except(waiting).Select(c => c.Source).Distinct().Select(s => JsonValue.Create(s))];

    // Where an end is drawn, the flow ends there; where none is, it ends with a step after which nothing is drawn.
    private static bool EndsHere(FlowchartGraph graph, ActivityState child, IReadOnlyList<string> outcomes) =>
        !graph.Activities.Values.Any(a => a.IsTerminal && graph.IsReached(a.Id))
        && !graph.Outbound(child.ActivityId).Any(c => outcomes.Contains(c.SourcePort));

    private static JsonObject Dry(FlowchartGraph graph, ActivityState child, IReadOnlyList<string> outcomes) => new()
    {
        ["step"] = child.ActivityId,
        ["by"] = string.Join(", ", outcomes),
        ["join"] = graph.Outbound(child.ActivityId).FirstOrDefault(c => outcomes.Contains(c.SourcePort))?.Target,
    };
}
