using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>Takes the real engine's steps from every state by every choice, breadth first, until nothing new comes or the bounds are met.</summary>
/// <param name="reduction">Leaves out orders that come to the same; null to take them all.</param>
internal sealed class Explorer(FreeWorkflow workflow, SoundnessBounds bounds, Reduction? reduction)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly StateKeys _keys = new(workflow.Graph);
    private readonly Queue<(int Number, InstanceState State)> _open = [];
    private readonly HashSet<int> _sinceStart = [];
    private int _steps;
    private int _calls;
    private int _stepsSince;

    public StateSpace Space { get; } = new();

    /// <summary>Node ids of the steps that were ever entered.</summary>
    public HashSet<string> Entered { get; } = [];

    /// <summary>What was met on the way: what is wrong, the state it happened in, and the move that made it happen.</summary>
    public List<Sighting> Sightings { get; } = [];

    /// <summary>Workflows that it may start, and wait for, before anything was waited for.</summary>
    public HashSet<string> StartsAtOnce { get; } = [];

    public FreeWorkflow Workflow => workflow;

    /// <summary>Why it was not explored to the end; null where it was.</summary>
    public string? Unfinished { get; private set; } = workflow.Unprovable;

    public SoundnessEffort Effort => new(Space.Count, _steps);

    public void Run()
    {
        foreach (var trigger in workflow.Starts)
        {
            Take(-1, null, new Move(MoveKind.Start, trigger, 0));
        }
        while (Unfinished is null && _open.TryDequeue(out var open))
        {
            foreach (var move in reduction?.Moves(open.State) ?? workflow.Moves(open.State))
            {
                Take(open.Number, open.State, move);
            }
        }
    }

    /// <summary>One step of the engine, and what it noted.</summary>
    public static Advanced Step(FreeWorkflow workflow, InstanceState? state, Move move, int number)
    {
        workflow.Choice.Give(move.Kind == MoveKind.Start ? null : move.Option);
        var stimulus = new Stimulus(number.ToString(CultureInfo.InvariantCulture), Now, "soundness", null, workflow.BodyOf(state, move));
        return (Advanced)Advance.Run(workflow.Graph, workflow.Table, state, "soundness", stimulus, StepResources.None);
    }

    private void Take(int from, InstanceState? state, Move move)
    {
        var result = Step(workflow, state, move, _steps++);
        _calls += result.Notes.Length;
        foreach (var note in result.Notes)
        {
            See(note, from, move);
        }
        var (number, isNew) = Space.Add(_keys.Of(result.State), from, move);
        if (isNew)
        {
            Keep(number, from, result.State, move);
        }
        // What is wrong is known by now, and the shortest way to it: what else might be found is not worth as long again.
        if (Sightings.Count > 0)
        {
            _stepsSince++;
        }
        if (_stepsSince > bounds.StepsAfterFinding)
        {
            Unfinished ??= "enough was found";
        }
        if (Space.Count > bounds.States || _steps > bounds.Steps || _calls > bounds.Calls)
        {
            Unfinished ??= string.Create(CultureInfo.InvariantCulture, $"it can come to more states than are looked at ({Space.Count} met in {_steps} steps)");
        }
    }

    private void Keep(int number, int from, InstanceState state, Move move)
    {
        var fault = state.Incidents.FirstOrDefault(i => i.Code != Choice.Open);
        if (fault is not null)
        {
            Sight(new Sighting(fault.Code, fault.ActivityId, from, move, fault.Message));
        }
        if (state.Status == InstanceStatus.Finished)
        {
            Space.End(number);
            return;
        }
        if (fault is not null)
        {
            Space.Ends.Add(number);
            return;
        }
        if (from < 0 || (move.IsAtOnce && _sinceStart.Contains(from)))
        {
            _sinceStart.Add(number);
            StartsAtOnce.UnionWith(workflow.WorkflowsAwaited(state));
        }
        _open.Enqueue((number, state));
    }

    private void See(JournalNote note, int from, Move move)
    {
        switch (note.Event)
        {
            case "Started":
                Entered.Add(note.NodeId);
                break;
            case FlowchartWatch.RanDry:
                Add("flow-runs-dry", "step");
                break;
            case FlowchartWatch.LeftRunning:
                Add("left-running", "step");
                break;
            case FlowchartWatch.LeftWaiting:
                Add("waits-for-ever", "join");
                break;
            case FlowchartWatch.CountsUsed:
                Unfinished ??= $"what follows {FindingWords.Name(workflow.Graph.ById[note.Data!.TextOf("step")!])} depends on how often a loop went round before";
                break;
        }

        void Add(string code, string member) => Sight(new Sighting(code, note.Data!.TextOf(member)!, from, move, null, note));
    }

    // The first is the nearest: by what other ways it comes to the same says nothing new.
    private void Sight(Sighting sighting)
    {
        if (!Sightings.Exists(s => s.Code == sighting.Code && s.ActivityId == sighting.ActivityId))
        {
            Sightings.Add(sighting);
        }
    }
}

/// <summary>Something wrong, where and after what.</summary>
internal sealed record Sighting(string Code, string ActivityId, int From, Move Move, string? Message, JournalNote? Note = null);
