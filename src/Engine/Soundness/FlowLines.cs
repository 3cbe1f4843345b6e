using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>Which lines of a flowchart were followed and still wait before a join.</summary>
internal static class FlowLines
{
    private const string Live = "live";

    /// <summary>Brings the counts to what matters, and gives the lines that were followed and have run nothing yet.</summary>
    public static IReadOnlyList<Connection> OfCounters(IStep step, FlowchartGraph graph, ActivityState ended, IReadOnlyList<string> outcomes, HashSet<string> before)
    {
        var ahead = LineCounts.Settle(step.Memory, graph);
        var ran = step.Children.Where(c => !before.Contains(c.Id)).Select(c => c.ActivityId).ToHashSet();
        var followed = graph.Outbound(ended.ActivityId).Where(c => outcomes.Contains(c.SourcePort) && !graph.IsBackward(c));
        List<Connection> live =
        [
            .. step.Memory.ArrayOf(Live).Select(i => graph.ByIndex(i!.GetValue<int>())).Union(followed)
                .Where(c => ahead.GetValueOrDefault(c.Index) > 0 && !ran.Contains(c.Target)).OrderBy(c => c.Index),
        ];
        step.Memory.Remove(Live);
        if (live.Count > 0)
        {
            step.Memory[Live] = new JsonArray([.. live.Select(c => JsonValue.Create(c.Index))]);
        }
        return live;
    }

    /// <summary>The lines whose token has run nothing yet.</summary>
    public static IReadOnlyList<Connection> OfTokens(JsonObject memory, FlowchartGraph graph) =>
        [.. memory.ArrayOf("tokens").Where(t => !t![1]!.GetValue<bool>()).Select(t => graph.ByIndex(t![0]!.GetValue<int>()))];
}
