using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Soundness;

/// <summary>Of the waits of a state finds one whose answers may be taken first, because nothing that the others can do matters to it.</summary>
/// <remarks>
/// The answers of such a wait are a stubborn set: no other move, nor any that others lead to, can take them away or come to another state
/// by coming before them. Exploring nothing else from the state keeps every dead end, keeps whether an end can always be reached,
/// and, where it can, enters every step that is ever entered.
/// </remarks>
/// <param name="seen">Steps whose completion is looked at, and so is never taken first; none if absent.</param>
internal sealed class Reduction(FreeWorkflow workflow, IReadOnlySet<string>? seen = null)
{
    private readonly Dictionary<(string, string?), FlowShape> _shapes = [];
    private readonly Dictionary<string, bool> _escapes = [];
    private readonly Dictionary<string, bool> _passes = [];

    // Most states differ in one place only, so that the same question is asked of the others again and again.
    private readonly Dictionary<string, (bool IsClear, bool MayEnd)> _asked = [];

    /// <summary>One that keeps every trace of these steps, where whoever explores takes all moves once a way comes back; null where some of them may be over as soon as they are entered, so that any move can be seen.</summary>
    public static Reduction? Sparing(FreeWorkflow workflow, IReadOnlySet<string> seen)
    {
        var reduction = new Reduction(workflow, seen);
        return workflow.Graph.ByNodeId.Values.Any(n => seen.Contains(n.Id) && (n.Below.Any() || reduction.MayPass(n))) ? null : reduction;
    }

    /// <summary>What has to be looked at next.</summary>
    public IEnumerable<Move> Moves(InstanceState state) => Few(state) ?? workflow.Moves(state);

    /// <summary>The moves that may be taken before all others; null where all have to be.</summary>
    public List<Move>? Few(InstanceState state) =>
        state.Incidents.IsEmpty && state.Waits.Length > 1 && !state.Waits.Any(w => w.Kind == WaitKind.Reply) ? First(state) : null;

    private List<Move>? First(InstanceState state)
    {
        var below = state.Activities.Values.Where(a => a.ParentId is not null).ToLookup(a => a.ParentId!);
        for (var place = 0; place < state.Waits.Length; place++)
        {
            // What is never answered is no move, and stands in nobody's way; what others may yet let happen has to wait for them.
            if (workflow.IsOpen(state, place) && !IsSeen(state.Activities[state.Waits[place].ExecutionId]) && workflow.Answers(state, place, MoveKind.Answer).ToList() is { Count: > 0 } answers && IsAlone(state, state.Activities[state.Waits[place].ExecutionId], below))
            {
                return answers;
            }
        }
        return null;
    }

    private bool IsSeen(ActivityState waiting) => seen?.Contains(waiting.ActivityId) == true;

    private bool IsAlone(InstanceState state, ActivityState waiting, ILookup<string, ActivityState> below)
    {
        // Nothing but the end of the instance ends what the flow has left, and the instance waits for it.
        if (waiting.HasLeft)
        {
            return true;
        }
        var ends = FreeStep.WaitOf(workflow.ConductOf(workflow.Graph.ByNodeId[waiting.NodeId])!, waiting).Ends;
        IEnumerable<IReadOnlyCollection<string>?> ways = ends.Select(e => (IReadOnlyCollection<string>?)e.Outcomes);
        var mayEnd = true;
        for (var inner = waiting; inner.ParentId is { } parentId; inner = state.Activities[parentId])
        {
            var around = state.Activities[parentId];
            List<ActivityState> others = [.. below[around.Id].Where(c => c.Id != inner.Id && !c.HasLeft)];
            var node = workflow.Graph.ByNodeId[around.NodeId];
            var (isClear, endsToo) = node.Type == "Elsa.Flowchart" ? InFlowchart(around, node, inner, others, mayEnd ? ways : []) : InContainer(node, inner, others, mayEnd);
            if (!isClear)
            {
                return false;
            }
            (mayEnd, ways) = (endsToo, [null]);
        }
        return true;
    }

    private (bool IsClear, bool MayEnd) InFlowchart(
        ActivityState around, ActivityNode node, ActivityState inner, List<ActivityState> others, IEnumerable<IReadOnlyCollection<string>?> ways)
    {
        var startedBy = around.Memory?.TextOf("startedBy");
        List<string> running = [.. others.Select(o => o.ActivityId).Order(StringComparer.Ordinal)];
        HashSet<int> arrived = [.. Arrived(around.Memory).Order()];
        var question = string.Join('\n', [
            node.NodeId, startedBy, inner.ActivityId, .. running, "", .. arrived.Select(l => l.ToString(CultureInfo.InvariantCulture)),
            .. ways.Select(outcomes => outcomes is null ? "?" : "." + string.Join('\t', outcomes)),
        ]);
        if (!_asked.TryGetValue(question, out var answer))
        {
            _asked.Add(question, answer = Leave(ShapeOf(node, startedBy), inner.ActivityId, running, arrived, ways));
        }
        return answer;
    }

    private static (bool IsClear, bool MayEnd) Leave(
        FlowShape shape, string inner, List<string> running, HashSet<int> arrived, IEnumerable<IReadOnlyCollection<string>?> ways)
    {
        var reach = new FlowReach(shape, running, arrived.Contains);
        if (!reach.Spares(inner))
        {
            return (false, false);
        }
        var mayEnd = false;
        foreach (var outcomes in ways)
        {
            var step = new FlowStep(shape, reach, arrived.Contains).Leave(inner, outcomes);
            if (!step.IsClear)
            {
                return (false, false);
            }
            mayEnd |= step.MayEnd;
        }
        return (true, mayEnd);
    }

    /// <summary>The lines that have come to their targets, by counts or by tokens.</summary>
    private static IEnumerable<int> Arrived(JsonObject? memory) =>
        (memory?["lines"] as JsonObject ?? []).Where(l => l.Value![0]!.GetValue<int>() > 0).Select(l => int.Parse(l.Key, CultureInfo.InvariantCulture))
            .Concat((memory?.ArrayOf("tokens") ?? []).Where(t => !t![1]!.GetValue<bool>()).Select(t => t![0]!.GetValue<int>()));

    private (bool IsClear, bool MayEnd) InContainer(ActivityNode node, ActivityState inner, List<ActivityState> others, bool mayEnd)
    {
        if (others.Any(o => Escapes(workflow.Graph.ByNodeId[o.NodeId])))
        {
            return (false, false);
        }
        if (!mayEnd)
        {
            return (true, false);
        }
        if (node.Type != "Elsa.Sequence")
        {
            // A loop may enter its body again.
            return (node.Workflow is not null || !node.Below.Any(Escapes), true);
        }
        foreach (var next in node.Children.SkipWhile(c => c.Id != inner.ActivityId).Skip(1))
        {
            if (Escapes(next))
            {
                return (false, false);
            }
            if (!MayPass(next))
            {
                return (true, false);
            }
        }
        return (true, true);
    }

    private FlowShape ShapeOf(ActivityNode flowchart, string? startedBy)
    {
        if (!_shapes.TryGetValue((flowchart.NodeId, startedBy), out var shape))
        {
            _shapes.Add((flowchart.NodeId, startedBy), shape = new FlowShape(workflow.Graph.Flowchart(flowchart.NodeId, startedBy), workflow.Graph.Definition.IsTokenBased, Escapes, MayPass));
        }
        return shape;
    }

    private bool Escapes(ActivityNode node)
    {
        if (!_escapes.TryGetValue(node.NodeId, out var escapes))
        {
            _escapes.Add(node.NodeId, escapes = node.Type is "Elsa.Break" or "Elsa.Finish" or "Elsa.Complete" or "Elsa.Fault" || node.Below.Any(Escapes));
        }
        return escapes;
    }

    private bool MayPass(ActivityNode node)
    {
        if (!_passes.TryGetValue(node.NodeId, out var passes))
        {
            passes = workflow.ConductOf(node) is { } conduct
                ? conduct.AtOnce.Length > 0 || conduct.Waits.Any(w => w.Kind == WaitKind.Reply)
                : node.Type != "Elsa.Sequence" || node.Children.All(MayPass);
            _passes.Add(node.NodeId, passes);
        }
        return passes;
    }
}
