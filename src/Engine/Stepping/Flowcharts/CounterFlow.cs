using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Flowcharts;

/// <summary>Elsa's default engine: an activity runs when the counts of its inbound connections say so.</summary>
/// <remarks>
/// Kept in the flowchart's memory: how often each activity was visited, and for each connection how often it was
/// visited and whether the last visit followed it. A connection has <i>arrived</i> when it was visited more often than its target.
/// </remarks>
internal sealed class CounterFlow(IStep step, FlowchartGraph graph)
{
    /// <summary>Marks an execution that began by a backward connection: it is no visit of its own.</summary>
    private const string Backward = "backward";

    private readonly JsonObject _visits = Member(step.Memory, "visits");
    private readonly JsonObject _lines = Member(step.Memory, "lines");

    // A queue and no recursion: a long chain of skipped steps must not end the process.
    private readonly Queue<Departure> _departures = [];

    private sealed record Departure(string ActivityId, IReadOnlyList<string> Outcomes, bool IsBackward);

    public void Completed(ActivityState child, IReadOnlyList<string> outcomes)
    {
        var activity = graph.Activities[child.ActivityId];
        var own = new Departure(child.ActivityId, outcomes, IsBackward(child));
        var isFirst = step.RuleSet >= RuleSet.Third;
        if (isFirst)
        {
            _departures.Enqueue(own);
        }
        if (Joins.ModeOf(step, activity) is not null)
        {
            // What a join lets in late it still cancels when it runs, be it not entered yet.
            CancelUpstream(activity, pendingToo: true);
        }
        if (!isFirst)
        {
            _departures.Enqueue(own);
        }
        while (_departures.TryDequeue(out var departure))
        {
            Leave(departure.ActivityId, departure.Outcomes, departure.IsBackward);
        }
    }

    /// <summary>Visits all that leaves the activity; with no outcomes, as connections not followed.</summary>
    private void Leave(string activityId, IReadOnlyList<string> outcomes, bool isBackward)
    {
        if (graph.IsDangling(activityId))
        {
            step.Fault("activity-unreachable", $"Expected a path from the flowchart's start to \"{activityId}\", but there is none.");
        }
        if (!isBackward)
        {
            _visits[activityId] = Visits(activityId) + 1;
        }
        foreach (var connection in graph.Outbound(activityId))
        {
            var followed = outcomes.Contains(connection.SourcePort);
            Visit(connection, followed);
            if (!graph.IsBackward(connection))
            {
                Arrive(connection);
            }
            else if (followed)
            {
                GoBack(connection);
            }
        }
    }

    private void GoBack(Connection connection)
    {
        if (!graph.IsStructured(connection))
        {
            step.Fault(
                "loop-unstructured",
                $"Expected every path to \"{connection.Source}\" to pass \"{connection.Target}\", to which it loops back, but one does not.");
        }
        step.Schedule(graph.Activities[connection.Target], tag: Backward);
    }

    private void Arrive(Connection connection)
    {
        var target = graph.Activities[connection.Target];
        switch (Joins.ModeOf(step, target))
        {
            case JoinMode.WaitAny:
                ArriveAtAny(connection, target);
                break;
            case JoinMode.WaitAll:
                ArriveAtAll(target, inbound => inbound.All(IsFollowed));
                break;
            default:
                ArriveAtAll(target, inbound => inbound.Any(IsFollowed));
                break;
        }
    }

    private void ArriveAtAll(ActivityNode target, Func<IEnumerable<Connection>, bool> runs)
    {
        var inbound = graph.ForwardInbound(target.Id);
        if (!inbound.All(HasArrived))
        {
            return;
        }
        if (runs(inbound))
        {
            step.Schedule(target);
        }
        else
        {
            Skip(target);
        }
    }

    private void ArriveAtAny(Connection connection, ActivityNode target)
    {
        if (!HasArrived(connection) || step.Children.Any(c => c.ActivityId == target.Id))
        {
            return;
        }
        var inbound = graph.ForwardInbound(target.Id);
        if (inbound.Any(c => HasArrived(c) && IsFollowed(c)))
        {
            step.Schedule(target);
            CancelUpstream(target, pendingToo: false);
        }
        else if (inbound.All(HasArrived))
        {
            Skip(target);
        }
    }

    private void Skip(ActivityNode target)
    {
        step.Note("Skipped", data: new JsonObject { ["activityId"] = target.Id });
        _departures.Enqueue(new(target.Id, [], IsBackward: false));
    }

    private void CancelUpstream(ActivityNode join, bool pendingToo)
    {
        foreach (var execution in Joins.Upstream(step, graph, join.Id, pendingToo))
        {
            step.Cancel(execution);
            _departures.Enqueue(new(execution.ActivityId, [], IsBackward(execution)));
        }
    }

    private void Visit(Connection connection, bool followed) =>
        _lines[Key(connection)] = new JsonArray(LineVisits(connection) + 1, followed);

    private bool HasArrived(Connection connection) => LineVisits(connection) > Visits(connection.Target);

    private bool IsFollowed(Connection connection) => _lines[Key(connection)]?[1]?.GetValue<bool>() ?? false;

    private int LineVisits(Connection connection) => _lines[Key(connection)]?[0]?.GetValue<int>() ?? 0;

    private int Visits(string activityId) => _visits[activityId]?.GetValue<int>() ?? 0;

    private static bool IsBackward(ActivityState execution) => execution.Tag == Backward;

    private static string Key(Connection connection) => connection.Index.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Member(JsonObject memory, string name)
    {
        if (memory[name] is not JsonObject member)
        {
            memory[name] = member = [];
        }
        return member;
    }
}
