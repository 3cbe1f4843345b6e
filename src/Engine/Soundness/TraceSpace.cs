using System.Globalization;
using Assize.Engine.Instances;

namespace Assize.Engine.Soundness;

/// <summary>All that a workflow can do, seen through some of its steps: places, and lines between them that say what is seen on the way, if anything is.</summary>
internal sealed class TraceSpace
{
    /// <summary>What is seen when the instance comes to its end.</summary>
    public const string End = "";

    private readonly FreeWorkflow _workflow;
    private readonly IReadOnlySet<string> _seen;
    private readonly SoundnessBounds _bounds;
    private readonly Reduction? _reduction;
    private readonly StateKeys _keys;
    private readonly Dictionary<string, int> _places = [];
    private readonly List<List<TraceLine>> _lines = [[]];
    private readonly Queue<(int Place, InstanceState State)> _open = [];
    private int _steps;
    private int _calls;

    /// <param name="reduction">Leaves out orders that come to the same; null to take them all.</param>
    public TraceSpace(FreeWorkflow workflow, IReadOnlySet<string> seen, SoundnessBounds bounds, Reduction? reduction)
    {
        (_workflow, _seen, _bounds, _reduction, _keys) = (workflow, seen, bounds, reduction, new StateKeys(workflow.Graph));
        Unfinished = workflow.Unprovable;
        foreach (var trigger in workflow.Starts)
        {
            Take(0, null, new Move(MoveKind.Start, trigger, 0));
        }
        while (Unfinished is null && _open.TryDequeue(out var open))
        {
            Leave(open.Place, open.State);
        }
    }

    public FreeWorkflow Workflow => _workflow;

    /// <summary>Why not all of it is known; null where it is.</summary>
    public string? Unfinished { get; private set; }

    public int Count => _lines.Count;

    /// <summary>The lines that leave a place; it begins at place 0.</summary>
    public IReadOnlyList<TraceLine> From(int place) => _lines[place];

    private void Leave(int place, InstanceState state)
    {
        // What is left out for now must not be left out for ever: a way that comes back to where it was takes all that it passed by.
        var first = _reduction?.Few(state);
        if (first is null || first.Select(move => Take(place, state, move)).ToList().Contains(false))
        {
            foreach (var move in _workflow.Moves(state).Where(move => first?.Contains(move) != true))
            {
                Take(place, state, move);
            }
        }
    }

    /// <summary>True where it leads to a state that was not met before.</summary>
    private bool Take(int from, InstanceState? state, Move move)
    {
        var result = Explorer.Step(_workflow, state, move, _steps++);
        _calls += result.Notes.Length;
        var seen = result.Notes.Where(n => n.Event == "Completed" && _seen.Contains(n.ActivityId)).Select(n => Word(n.ActivityId, n.Data)).ToList();
        var isEnd = result.State.Status == InstanceStatus.Finished;
        if (isEnd)
        {
            seen.Add(End);
        }
        var key = _keys.Of(result.State);
        var isNew = !_places.TryGetValue(key, out var place);
        if (isNew)
        {
            _places.Add(key, place = New());
            // At an incident nothing more is seen: whether there is any is a matter of soundness.
            if (!isEnd && !result.State.Incidents.Any(i => i.Code != Choice.Open))
            {
                _open.Enqueue((place, result.State));
            }
        }
        Draw(from, place, seen, move);
        if (_places.Count > _bounds.States || _steps > _bounds.Steps || _calls > _bounds.Calls)
        {
            Unfinished ??= string.Create(CultureInfo.InvariantCulture, $"it can come to more states than are looked at ({_places.Count} met in {_steps} steps)");
        }
        return isNew;
    }

    // Of several things seen in one step each has a line of its own.
    private void Draw(int from, int to, List<string> seen, Move move)
    {
        for (var i = 0; i < seen.Count - 1; i++)
        {
            var between = New();
            _lines[from].Add(new TraceLine(between, seen[i], i == 0 ? move : null));
            from = between;
        }
        _lines[from].Add(new TraceLine(to, seen.Count == 0 ? null : seen[^1], seen.Count > 1 ? null : move));
    }

    private int New()
    {
        _lines.Add([]);
        return _lines.Count - 1;
    }

    private static string Word(string activityId, System.Text.Json.Nodes.JsonObject? data) => $"{activityId} {data?["outcomes"]?.ToJsonString()}";
}

/// <param name="Seen">What is seen on the way; null where nothing is.</param>
/// <param name="Move">What the workflow did; null where it is the rest of what one move did.</param>
internal readonly record struct TraceLine(int To, string? Seen, Move? Move);
