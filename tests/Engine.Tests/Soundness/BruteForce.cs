using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Tests.Soundness;

/// <summary>A second opinion on soundness that shares nothing with the first but the engine and the conducts: every order of everything, every choice within a step by itself.</summary>
/// <remarks>It keeps the order of what runs side by side, the flowchart's own counters, and looks at all waits of a state.</remarks>
internal sealed class BruteForce
{
    private const string NoEnd = "no end";

    private readonly ActivityTable _table;
    private readonly ExecutionGraph _graph;
    private readonly Dice _dice = new();
    private readonly int _maxStates;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Queue<(int, InstanceState)> _open = [];
    private readonly List<(int From, int To)> _edges = [];
    private readonly List<(int From, int To, string[] Seen)> _seenEdges = [];
    private readonly HashSet<int> _ends = [];
    private IReadOnlySet<string> _seen = new HashSet<string>();
    private readonly HashSet<string> _entered = [];
    private int _steps;

    private BruteForce(WorkflowDefinition definition, ActivityTable table, Func<string, int?, WorkflowDefinition?> find, int maxStates, Func<string?, bool>? canEnd = null)
    {
        _table = new ActivityTable(table.Handlers.Select(h => BruteHandlers.Of(h, _dice, canEnd ?? (_ => true))));
        _graph = Compiler.Compile(definition, _table.Catalog, find);
        _maxStates = maxStates;
    }

    /// <summary>What is wrong; "" where nothing is; null where there were too many states to look at.</summary>
    public static string? Wrong(WorkflowDefinition definition, ActivityTable table, Func<string, int?, WorkflowDefinition?> find, int maxStates) =>
        new BruteForce(definition, table, find, maxStates).Explore();

    /// <summary>The same where it may wait for a workflow that waits for it in turn, and then ends: that one can end only where this one can without it.</summary>
    public static string? Wrong(WorkflowDefinition definition, ActivityTable table, Func<string, int?, WorkflowDefinition?> find, int maxStates, string caller)
    {
        var alone = new BruteForce(definition, table, find, maxStates, w => w != caller);
        var without = alone.Explore();
        return alone._ends.Count > 0 ? new BruteForce(definition, table, find, maxStates).Explore() : without is null ? null : NoEnd;
    }

    /// <summary>Every trace of so many completions of these steps at most, and of the end, in every order; null where there were too many states or traces to gather.</summary>
    public static HashSet<string>? Traces(
        WorkflowDefinition definition, ActivityTable table, Func<string, int?, WorkflowDefinition?> find, IReadOnlySet<string> seen, int longest, int maxStates)
    {
        var brute = new BruteForce(definition, table, find, maxStates) { _seen = seen };
        try
        {
            return brute.Visit() ? new BruteTraces(brute._seenEdges, longest).Gather() : null;
        }
        catch (Found)
        {
            return null;
        }
    }

    private string? Explore()
    {
        try
        {
            if (!Visit())
            {
                return null;
            }
        }
        catch (Found found)
        {
            return found.Message;
        }
        return Stuck() ?? Dead() ?? "";
    }

    /// <summary>False where there are too many states.</summary>
    private bool Visit()
    {
        Take(-1, null, new Start([], Sorted.Empty<int>(), null, null, null, null, RuleSet.Current), [0]);
        while (_open.TryDequeue(out var open))
        {
            var (number, state) = open;
            foreach (var wait in state.Waits)
            {
                var execution = state.Activities[wait.ExecutionId];
                var options = execution.HasLeft ? 1 : execution.Memory!["options"]!.GetValue<int>();
                Take(number, state, new Resume(wait.Id, wait.Kind, null, null), [.. Enumerable.Range(0, options)]);
            }
            if (_numbers.Count > _maxStates || _steps > _maxStates * 10)
            {
                return false;
            }
        }
        return true;
    }

    private void Take(int from, InstanceState? state, StimulusBody body, int[] answers)
    {
        foreach (var answer in answers)
        {
            _dice.Begin(answer);
            do
            {
                var stimulus = new Stimulus((_steps++).ToString(CultureInfo.InvariantCulture), Stepping.Stepper.Begin, "brute", null, body);
                See(from, (Advanced)Advance.Run(_graph, _table, state, "brute", stimulus, StepResources.None));
            }
            while (_dice.Next());
        }
    }

    private void See(int from, Advanced result)
    {
        foreach (var note in result.Notes)
        {
            if (note.Event == "Started")
            {
                _entered.Add(note.NodeId);
            }
            Found.When(note.Event == BruteHandlers.Bad, note.Message + " " + note.ActivityId);
        }
        Found.When(result.State.Incidents.Length > 0, "incident");
        var key = Key(result.State);
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers.Add(key, number = _numbers.Count);
            if (result.State.Status == InstanceStatus.Finished)
            {
                _ends.Add(number);
            }
            else
            {
                _open.Enqueue((number, result.State));
            }
        }
        _edges.Add((from, number));
        _seenEdges.Add((from, number, [.. result.Notes.Where(n => n.Event == "Completed" && _seen.Contains(n.ActivityId)).Select(n => $"{n.ActivityId}{n.Data!["outcomes"]!.ToJsonString()}"), .. result.State.Status == InstanceStatus.Finished ? (string[])["."] : []]));
    }

    private string? Stuck()
    {
        var before = _edges.ToLookup(e => e.To, e => e.From);
        HashSet<int> reaching = [.. _ends];
        for (Stack<int> open = new(_ends); open.TryPop(out var at);)
        {
            foreach (var from in before[at].Where(reaching.Add))
            {
                open.Push(from);
            }
        }
        return _numbers.Values.Any(n => !reaching.Contains(n)) ? NoEnd : null;
    }

    private string? Dead() => _graph.Root.SelfAndBelow().FirstOrDefault(n => n != _graph.Root && !_entered.Contains(n.NodeId)) is { } dead ? $"dead {dead.Id}" : null;

    private string Key(InstanceState state)
    {
        var text = new StringBuilder();
        Write(null);
        return text.ToString();

        void Write(string? parent)
        {
            foreach (var execution in state.Activities.Values.Where(a => a.ParentId == parent).OrderBy(a => a.Order))
            {
                text.Append(execution.NodeId).Append('/').Append(execution.Tag).Append(execution.HasLeft).Append(Memory(execution)).Append('[');
                Write(execution.Id);
                text.Append(']');
            }
        }
    }

    private string Memory(ActivityState execution)
    {
        if (execution.Memory?["lines"] is not JsonObject lines)
        {
            return execution.Memory?.ToJsonString() ?? "";
        }
        var graph = _graph.Flowchart(execution.NodeId, execution.Memory.TextOf("startedBy"));
        int Visits(string id) => execution.Memory["visits"]![id]?.GetValue<int>() ?? 0;
        var ahead = graph.Activities.Keys.Order(StringComparer.Ordinal).SelectMany(a => graph.ForwardInbound(a)).Select(c =>
        {
            var line = lines[c.Index.ToString(CultureInfo.InvariantCulture)];
            var by = (line?[0]?.GetValue<int>() ?? 0) - Visits(c.Target);
            return $"{by}{(by > 0 ? line![1] : null)}";
        });
        return string.Join(",", ahead) + execution.Memory["waiting"]?.ToJsonString();
    }
}

/// <summary>Something is wrong: exploring stops.</summary>
internal sealed class Found(string message) : Exception(message)
{
    public static void When(bool wrong, string what)
    {
        if (wrong)
        {
            throw new Found(what);
        }
    }
}

/// <summary>Throws every row of dice that a step may need, one after another: the last throw changes first.</summary>
internal sealed class Dice
{
    // More choices than this in one step are a loop that never waits.
    private const int Most = 60;

    private readonly List<(int Option, int Of)> _row = [];
    private int _at;
    private int _answer;

    public int Answer => _answer;

    public void Begin(int answer)
    {
        _row.Clear();
        (_at, _answer) = (0, answer);
    }

    public int Throw(int of)
    {
        Found.When(_at > Most, "loop without wait");
        if (_at == _row.Count)
        {
            _row.Add((0, of));
        }
        return _row[_at++].Option;
    }

    public bool Next()
    {
        _at = 0;
        while (_row is [.., var last] && last.Option == last.Of - 1)
        {
            _row.RemoveAt(_row.Count - 1);
        }
        if (_row.Count == 0)
        {
            return false;
        }
        _row[^1] = (_row[^1].Option + 1, _row[^1].Of);
        return true;
    }
}
