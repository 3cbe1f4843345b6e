using Assize.Engine.Definitions;

namespace Assize.Engine.Soundness;

/// <summary>All that some running steps of a flowchart may come to, while one other step stands still: never less than they really may.</summary>
internal sealed class FlowReach
{
    private readonly FlowShape _shape;
    private readonly Func<int, bool> _hasArrived;
    private readonly Queue<string> _leaving = [];

    /// <param name="running">The steps that run, without the one that stands still.</param>
    /// <param name="hasArrived">Whether a line, by its index, has come to its join already.</param>
    public FlowReach(FlowShape shape, IReadOnlyCollection<string> running, Func<int, bool> hasArrived)
    {
        (_shape, _hasArrived) = (shape, hasArrived);
        Running = running;
        foreach (var id in running)
        {
            _leaving.Enqueue(id);
        }
        while (_leaving.TryDequeue(out var id))
        {
            foreach (var line in shape.Graph.Outbound(id))
            {
                Visit(line);
            }
        }
    }

    public IReadOnlyCollection<string> Running { get; }

    /// <summary>Lines that may be visited, followed or not.</summary>
    public HashSet<int> Lines { get; } = [];

    /// <summary>Steps to which such a line leads.</summary>
    public HashSet<string> Targets { get; } = [];

    /// <summary>Steps that may be entered, or skipped.</summary>
    public HashSet<string> Entered { get; } = [];

    /// <summary>True where none of them may end or cancel the step that stands still, or what is around it.</summary>
    public bool Spares(string still) =>
        !Running.Concat(Entered).Any(id => _shape.Escapes(id) || id == still || _shape.Cancels(id, still)) && !Entered.Any(_shape.IsEnd);

    /// <summary>True where some step that they may come to looks at this one.</summary>
    public bool LookAt(string id) => Targets.Any(t => _shape.LookedAt(t).Contains(id));

    /// <summary>True where all of them can only come to that join, each of them once, and so are all over when it runs.</summary>
    public bool EndsIn(string join) =>
        !Entered.Contains(join)
        && Running.Distinct().Count() == Running.Count
        && Running.Union(Entered).All(id =>
            (!_shape.IsJoin(id) || _shape.WaitsForAll(id))
            && _shape.Graph.Outbound(id) is { Length: > 0 } lines
            && lines.All(l => !_shape.Graph.IsBackward(l) && !_hasArrived(l.Index) && (l.Target == join || Entered.Contains(l.Target))));

    private void Visit(Connection line)
    {
        if (!Lines.Add(line.Index))
        {
            return;
        }
        Targets.Add(line.Target);
        var passes = _shape.Graph.IsBackward(line) || !_shape.WaitsForAll(line.Target)
            || _shape.Graph.ForwardInbound(line.Target).All(l => Lines.Contains(l.Index) || _hasArrived(l.Index));
        if (passes && Entered.Add(line.Target))
        {
            _leaving.Enqueue(line.Target);
        }
    }
}
