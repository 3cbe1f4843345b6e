using Assize.Engine.Definitions;

namespace Assize.Engine.Soundness;

/// <summary>What one step of a flowchart touches at once when it leaves, and whether that keeps clear of all that others may do.</summary>
internal sealed class FlowStep(FlowShape shape, FlowReach others, Func<int, bool> hasArrived)
{
    private enum Fate { Followed, Dead, Either }

    private readonly HashSet<int> _lines = [];
    private readonly Dictionary<string, bool> _joins = [];
    private readonly HashSet<(string, Fate, bool)> _left = [];
    private readonly Queue<(string Id, Func<Connection, Fate> Of, bool IsAfter)> _leaving = [];
    private bool _goesOn;
    private bool _ends;

    /// <summary>False where something that it touches may matter to the others, or they to it.</summary>
    public bool IsClear { get; private set; } = true;

    /// <summary>False where a step is certain to run and wait in the flowchart afterwards, which so cannot end by this.</summary>
    public bool MayEnd => _ends || !_goesOn;

    /// <param name="outcomes">Null where they are not known.</param>
    public FlowStep Leave(string id, IReadOnlyCollection<string>? outcomes)
    {
        IsClear &= !others.Targets.Contains(id) && !others.LookAt(id);
        _leaving.Enqueue((id, line => outcomes is null ? Fate.Either : outcomes.Contains(line.SourcePort) ? Fate.Followed : Fate.Dead, false));
        do
        {
            while (IsClear && _leaving.TryDequeue(out var leaving))
            {
                foreach (var line in shape.Graph.Outbound(leaving.Id))
                {
                    Visit(line, leaving.Of(line), leaving.IsAfter);
                }
            }
        }
        while (IsClear && RunJoins());
        return this;
    }

    /// <param name="isAfter">True behind a join by which all others are over.</param>
    private void Visit(Connection line, Fate fate, bool isAfter)
    {
        if (shape.SkipsNothing && fate == Fate.Dead)
        {
            return;
        }
        var isBackward = shape.Graph.IsBackward(line);
        IsClear &= isAfter || !others.Lines.Contains(line.Index);
        _lines.Add(line.Index);
        if (isBackward && fate == Fate.Dead)
        {
            return;
        }
        if (!isBackward && shape.WaitsForAll(line.Target))
        {
            _joins[line.Target] = isAfter && _joins.GetValueOrDefault(line.Target, true);
            return;
        }
        IsClear &= isAfter || (!others.Targets.Contains(line.Target) && !shape.LookedAt(line.Target).Any(IsOthers));
        // Of a join that takes the first, a later line runs nothing.
        Reach(line.Target, shape.IsJoin(line.Target) ? Fate.Either : fate, isAfter);
    }

    /// <summary>Runs, or skips, the joins that may have all their lines now; false where there is none.</summary>
    private bool RunJoins()
    {
        var ready = _joins.Where(j => shape.Graph.ForwardInbound(j.Key).All(l => _lines.Contains(l.Index) || others.Lines.Contains(l.Index) || hasArrived(l.Index))).ToList();
        foreach (var (join, isAfter) in ready)
        {
            _joins.Remove(join);
            var waitsForOthers = others.Targets.Contains(join);
            IsClear &= isAfter || !waitsForOthers || others.EndsIn(join);
            Reach(join, Fate.Either, isAfter || waitsForOthers);
        }
        return ready.Count > 0;
    }

    private bool IsOthers(string id) => others.Running.Contains(id) || others.Targets.Contains(id);

    private void Reach(string id, Fate fate, bool isAfter)
    {
        IsClear &= isAfter || (!others.Entered.Contains(id) && !others.Running.Contains(id) && !others.LookAt(id));
        if (fate != Fate.Dead)
        {
            IsClear &= !shape.Escapes(id);
            IsClear &= isAfter || (!(shape.IsEnd(id) && others.Running.Count > 0) && !others.Running.Concat(others.Entered).Any(o => shape.Cancels(id, o)));
            _goesOn |= fate == Fate.Followed && !shape.MayPass(id);
            _ends |= shape.IsEnd(id) || shape.IsCanceller(id);
        }
        // A step that waits has its lines visited at once only where it is skipped.
        var lines = fate == Fate.Dead || !shape.MayPass(id) ? Fate.Dead : Fate.Either;
        if ((fate != Fate.Followed || shape.MayPass(id)) && _left.Add((id, lines, isAfter)))
        {
            _leaving.Enqueue((id, _ => lines, isAfter));
        }
    }
}
