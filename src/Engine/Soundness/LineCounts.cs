using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Soundness;

/// <summary>What a flowchart counts of its lines, brought to the least that decides what comes next.</summary>
/// <remarks>
/// Only whether a line was visited more often than its target ever decides, and of such a line whether it was followed: the visits of activities
/// become none, and those of lines the difference. A loop that passes a line again and again would make new states without end; so differences
/// of <see cref="Exact"/> and more are not told apart. Such a one stands at <see cref="Many"/>, from where the engine counts on as always: as long
/// as it stays within <see cref="Exact"/> of it, the line is known to be ahead, and the state goes on as all do for which it stands.
/// </remarks>
internal static class LineCounts
{
    /// <summary>Differences below this are kept as they are.</summary>
    private const int Exact = 3;

    /// <summary>Stands for a difference of <see cref="Exact"/> or more; the negative for as many less.</summary>
    private const int Many = 1_000;

    /// <summary>The lines whose difference is not known, by index, with what stands for it.</summary>
    public static IReadOnlyList<(int Line, int Count)> Unknown(JsonObject memory) =>
        [.. Lines(memory).Select(l => (Line: Index(l.Key), Count: l.Value![0]!.GetValue<int>())).Where(l => Math.Abs(l.Count) >= Exact)];

    /// <summary>True where a step used a difference that is not known, so that what it did may not be all that can happen. Asked before the counts are settled.</summary>
    public static bool WereUsed(IReadOnlyList<(int Line, int Count)> before, JsonObject memory, FlowchartGraph graph) => before.Any(line => line.Count > 0
        ? line.Count - Visits(memory, graph.ByIndex(line.Line).Target) <= Many - Exact
        : Lines(memory)[Key(line.Line)]![0]!.GetValue<int>() > Exact - Many);

    /// <summary>By how much each line is ahead of its target.</summary>
    public static Dictionary<int, int> Settle(JsonObject memory, FlowchartGraph graph)
    {
        var (visits, lines) = (memory["visits"] as JsonObject ?? [], Lines(memory));
        var ahead = new Dictionary<int, int>();
        foreach (var index in lines.Select(l => Index(l.Key)).Concat(visits.SelectMany(v => graph.ForwardInbound(v.Key)).Select(c => c.Index)))
        {
            var connection = graph.ByIndex(index);
            var arrived = lines[Key(index)]?[0]?.GetValue<int>() ?? 0;
            ahead[index] = graph.IsBackward(connection) ? 0 : Bounded(arrived - Visits(memory, connection.Target));
        }
        memory["visits"] = new JsonObject();
        memory["lines"] = new JsonObject(ahead.Where(a => a.Value != 0).OrderBy(a => a.Key).Select(a => KeyValuePair.Create(
            Key(a.Key), (JsonNode?)new JsonArray(a.Value, a.Value > 0 && lines[Key(a.Key)]![1]!.GetValue<bool>()))));
        return ahead;
    }

    /// <summary>Takes away the differences that can decide nothing any more, so that states that differ in nothing else are one.</summary>
    /// <remarks>
    /// A line that is never visited again has arrived as little with none as with less than none. Where none of a target's lines is visited
    /// again, nothing asks any more which of them have arrived; but what was followed and has run nothing is told of at the end.
    /// </remarks>
    public static void Forget(JsonObject memory, FlowchartGraph graph, IReadOnlyList<Connection> live, Func<int, bool> isOver)
    {
        var lines = Lines(memory);
        foreach (var (key, count) in lines.ToList())
        {
            var line = graph.ByIndex(Index(key));
            if (count![0]!.GetValue<int>() < 0 ? isOver(line.Index) : !live.Contains(line) && graph.ForwardInbound(line.Target).All(l => isOver(l.Index)))
            {
                lines.Remove(key);
            }
        }
    }

    private static int Bounded(int ahead) => Math.Abs(ahead) switch
    {
        >= Exact and <= Many / 2 or > Many => Math.Sign(ahead) * Many,
        _ => ahead,
    };

    private static JsonObject Lines(JsonObject memory) => memory["lines"] as JsonObject ?? [];

    private static int Visits(JsonObject memory, string activityId) => memory["visits"]?[activityId]?.GetValue<int>() ?? 0;

    private static int Index(string key) => int.Parse(key, CultureInfo.InvariantCulture);

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);
}
