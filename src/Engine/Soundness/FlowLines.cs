using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>What a flowchart remembers of its lines, brought to the least that decides what comes next; and which lines still wait before a join.</summary>
internal static class FlowLines
{
    private const string Live = "live";

    /// <summary>
    /// Only by how much a line's visits exceed its target's ever decides, and of a line that has arrived whether it was followed:
    /// the visits of activities become none, and those of lines the difference. Gives the lines that were followed and have run nothing yet.
    /// </summary>
    public static IReadOnlyList<Connection> OfCounters(IStep step, FlowchartGraph graph, ActivityState ended, IReadOnlyList<string> outcomes, HashSet<string> before)
    {
        var ahead = Settle(step.Memory, graph);
        var ran = step.Children.Where(c => !before.Contains(c.Id)).Select(c => c.ActivityId).ToHashSet();
        var followed = graph.Outbound(ended.ActivityId).Where(c => outcomes.Contains(c.SourcePort) && !graph.IsBackward(c));
        List<Connection> live =
        [
            .. step.Memory.ArrayOf(Live).Select(i => ByIndex(graph, i!.GetValue<int>())).Union(followed)
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
        [.. memory.ArrayOf("tokens").Where(t => !t![1]!.GetValue<bool>()).Select(t => ByIndex(graph, t![0]!.GetValue<int>()))];

    private static Dictionary<int, int> Settle(JsonObject memory, FlowchartGraph graph)
    {
        var visits = memory["visits"] as JsonObject ?? [];
        var lines = memory["lines"] as JsonObject ?? [];
        var ahead = new Dictionary<int, int>();
        foreach (var index in lines.Select(l => int.Parse(l.Key, CultureInfo.InvariantCulture)).Concat(visits.SelectMany(v => graph.ForwardInbound(v.Key)).Select(c => c.Index)))
        {
            var connection = ByIndex(graph, index);
            var arrived = lines[Key(index)]?[0]?.GetValue<int>() ?? 0;
            ahead[index] = graph.IsBackward(connection) ? 0 : arrived - (visits[connection.Target]?.GetValue<int>() ?? 0);
        }
        memory["visits"] = new JsonObject();
        memory["lines"] = new JsonObject(ahead.Where(a => a.Value != 0).OrderBy(a => a.Key).Select(a => KeyValuePair.Create(
            Key(a.Key), (JsonNode?)new JsonArray(a.Value, a.Value > 0 && lines[Key(a.Key)]![1]!.GetValue<bool>()))));
        return ahead;
    }

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static Connection ByIndex(FlowchartGraph graph, int index) => graph.Flowchart.Connections.First(c => c.Index == index);
}
