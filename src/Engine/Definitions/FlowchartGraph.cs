using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>A flowchart's connections as seen from one start activity: forward ones, and backward ones that close a loop.</summary>
public sealed class FlowchartGraph
{
    private readonly FrozenDictionary<string, ImmutableArray<Connection>> _outbound;
    private readonly FrozenDictionary<string, ImmutableArray<Connection>> _inbound;
    private readonly FrozenDictionary<string, ImmutableArray<Connection>> _forwardInbound;
    private readonly FrozenDictionary<int, Connection> _byIndex;
    private readonly FrozenSet<int> _forward;

    // Kept as they are asked for: all of a large drawing at once would take the square of its size.
    private readonly ConcurrentDictionary<string, FrozenSet<string>> _ancestors = [];
    private readonly ConcurrentDictionary<string, HashSet<string>> _ahead = [];
    private readonly ConcurrentDictionary<int, bool> _structured = [];

    internal FlowchartGraph(ActivityNode flowchart, ActivityNode? start)
    {
        Flowchart = flowchart;
        Start = start;
        Activities = flowchart.Children.ToFrozenDictionary(c => c.Id);
        // Elsa compares connections by their ends: a second arrow between the same ends adds nothing.
        var connections = flowchart.Connections
            .Where(c => Activities.ContainsKey(c.Source) && Activities.ContainsKey(c.Target))
            .DistinctBy(c => (c.Source, c.SourcePort, c.Target))
            .ToImmutableArray();
        _byIndex = connections.ToFrozenDictionary(c => c.Index);
        _outbound = ByEnd(connections, c => c.Source);
        _inbound = ByEnd(connections, c => c.Target);
        _forward = start is null ? [] : ForwardFrom(start.Id);
        _forwardInbound = ByEnd(connections.Where(c => !IsBackward(c)), c => c.Target);
    }

    public ActivityNode Flowchart { get; }

    /// <summary>Null in an empty flowchart.</summary>
    public ActivityNode? Start { get; }

    public FrozenDictionary<string, ActivityNode> Activities { get; }

    /// <summary>All connections that leave the activity, in the definition's order.</summary>
    public ImmutableArray<Connection> Outbound(string activityId) => _outbound.GetValueOrDefault(activityId, []);

    /// <summary>All connections that enter the activity, backward ones included.</summary>
    public ImmutableArray<Connection> Inbound(string activityId) => _inbound.GetValueOrDefault(activityId, []);

    /// <summary>The connection that counters and tokens know by that number.</summary>
    public Connection ByIndex(int index) => _byIndex[index];

    public ImmutableArray<Connection> ForwardInbound(string activityId) => _forwardInbound.GetValueOrDefault(activityId, []);

    public bool IsBackward(Connection connection) => !_forward.Contains(connection.Index);

    /// <summary>True where no path leads from the start to the activity.</summary>
    public bool IsDangling(string activityId) => activityId != Start?.Id && ForwardInbound(activityId).IsEmpty;

    /// <summary>True for the start and for whatever a path leads to from it.</summary>
    public bool IsReached(string activityId) => Activities.ContainsKey(activityId) && !IsDangling(activityId);

    /// <summary>True where every forward path from the start to the connection's source passes its target.</summary>
    public bool IsStructured(Connection backward) => _structured.GetOrAdd(backward.Index, _ => ClosesLoop(backward));

    /// <summary>All activities upstream along forward connections.</summary>
    public IReadOnlySet<string> Ancestors(string activityId) => _ancestors.GetOrAdd(activityId, id =>
        Closure(id, below => ForwardInbound(below).Select(c => c.Source)).Where(above => above != id).ToFrozenSet());

    /// <summary>True where the connection may be visited, followed or not, as long as nothing but these runs: it leaves one of them, or what is ahead of one.</summary>
    public bool MayBeVisited(Connection connection, IEnumerable<string> running) => running.Any(id =>
        _ahead.GetOrAdd(id, from => Closure(from, at => Outbound(at).Select(c => c.Target))).Contains(connection.Source));

    private bool ClosesLoop(Connection backward)
    {
        if (Start is null || backward.Target == backward.Source || backward.Target == Start.Id)
        {
            return true;
        }
        var reached = Closure(Start.Id, id => Outbound(id).Where(c => !IsBackward(c)).Select(c => c.Target).Where(t => t != backward.Target));
        return !reached.Contains(backward.Source);
    }

    // Breadth first from the start; an edge is accepted unless it closes a cycle over those accepted before.
    private FrozenSet<int> ForwardFrom(string startId)
    {
        var accepted = new Dictionary<string, HashSet<string>>();
        var forward = new HashSet<int>();
        var seen = new HashSet<string> { startId };
        var queue = new Queue<string>([startId]);
        while (queue.TryDequeue(out var source))
        {
            var targets = accepted[source] = [];
            foreach (var edge in Outbound(source))
            {
                if (targets.Contains(edge.Target) || !LeadsTo(accepted, edge.Target, source))
                {
                    targets.Add(edge.Target);
                    forward.Add(edge.Index);
                    if (seen.Add(edge.Target))
                    {
                        queue.Enqueue(edge.Target);
                    }
                }
            }
        }
        return forward.ToFrozenSet();
    }

    private static bool LeadsTo(Dictionary<string, HashSet<string>> edges, string from, string to) =>
        Closure(from, id => edges.GetValueOrDefault(id) ?? []).Contains(to);

    private static HashSet<string> Closure(string from, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var id))
        {
            if (reached.Add(id))
            {
                foreach (var other in next(id))
                {
                    open.Push(other);
                }
            }
        }
        return reached;
    }

    private static FrozenDictionary<string, ImmutableArray<Connection>> ByEnd(IEnumerable<Connection> connections, Func<Connection, string> end) =>
        connections.GroupBy(end).ToFrozenDictionary(g => g.Key, g => g.OrderBy(c => c.Index).ToImmutableArray());
}
