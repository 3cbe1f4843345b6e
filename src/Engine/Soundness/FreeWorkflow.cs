using System.Collections.Immutable;
using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>A definition made ready to be explored: the real engine over handlers whose data are chosen.</summary>
internal sealed class FreeWorkflow
{
    private readonly Conducts _conducts;
    private readonly ILookup<string, string> _raising;

    private readonly Func<string?, bool> _canEnd;

    /// <param name="canEnd">Whether a workflow that is waited for can come to an end; its wait is never answered where it cannot.</param>
    public FreeWorkflow(WorkflowDefinition definition, ActivityTable table, Func<string, int?, WorkflowDefinition?> find, Func<string?, bool> canEnd)
    {
        _canEnd = canEnd;
        _conducts = new Conducts(table);
        Table = new ActivityTable(table.Handlers.Select(Free));
        Graph = Compiler.Compile(_conducts.Bare(definition, isUsed: false), Table.Catalog, (id, version) => find(id, version) is { } used ? _conducts.Bare(used, isUsed: true) : null);
        _raising = _conducts.Raising;
        Awaited = [.. Graph.Root.SelfAndBelow().SelectMany(n => ConductOf(n)?.Waits ?? []).Select(w => w.Workflow).OfType<string>().Distinct()];
        Starts = [Graph.Root, .. Graph.Root.Children[0].SelfAndBelow().Where(n => n.CanStartWorkflow && n.Workflow is null)];
    }

    public Choice Choice { get; } = new();
    public ActivityTable Table { get; }
    public ExecutionGraph Graph { get; }

    /// <summary>The workflow itself, which stands for a start without a trigger, and each trigger that may begin it.</summary>
    public ImmutableArray<ActivityNode> Starts { get; }

    /// <summary>Why nothing can be proved of it, whatever is explored; null where something can.</summary>
    public string? Unprovable => _conducts.Unprovable is [var first, ..] ? first : Graph.Problems is [var problem, ..] ? problem.Message : null;

    /// <summary>The workflows that its steps wait for, those of the workflows that it uses included.</summary>
    public ImmutableArray<string> Awaited { get; }

    public StepConduct? ConductOf(ActivityNode node) => _conducts.Find(node);

    public IReadOnlyList<int[]> CasesOf(ActivityNode node) => _conducts.CasesOf(node);

    /// <summary>All that may happen next: the options of an open choice, the answers of a reply, or those of every wait.</summary>
    public IEnumerable<Move> Moves(InstanceState state)
    {
        if (state.Incidents is [var open, ..])
        {
            var node = Graph.ByNodeId[open.NodeId];
            return Enumerable.Range(0, int.Parse(open.Message, CultureInfo.InvariantCulture)).Select(o => new Move(MoveKind.Choose, node, o));
        }
        var reply = state.Waits.ToList().FindIndex(w => w.Kind == WaitKind.Reply);
        return reply >= 0
            ? Answers(state, reply, MoveKind.Reply)
            : Enumerable.Range(0, state.Waits.Length).SelectMany(w => Answers(state, w, MoveKind.Answer));
    }

    /// <summary>The answers of one open wait.</summary>
    public IEnumerable<Move> Answers(InstanceState state, int place, MoveKind kind)
    {
        var execution = state.Activities[state.Waits[place].ExecutionId];
        var node = Graph.ByNodeId[execution.NodeId];
        var wait = FreeStep.WaitOf(_conducts.Of(node), execution);
        var ends = !_canEnd(wait.Workflow) ? 0 : execution.HasLeft ? 1 : wait.Ends.Length;
        return Enumerable.Range(0, ends).Where(o => execution.HasLeft || HasCome(state, wait.Ends[o].After)).Select(o => new Move(kind, node, o, place));
    }

    /// <summary>True where everything that may ever answer the wait may answer it now.</summary>
    public bool IsOpen(InstanceState state, int place)
    {
        var execution = state.Activities[state.Waits[place].ExecutionId];
        return execution.HasLeft || FreeStep.WaitOf(_conducts.Of(Graph.ByNodeId[execution.NodeId]), execution).Ends.All(e => HasCome(state, e.After));
    }

    // What the workflow raises itself has come once one of its steps has raised it; all other events may come at any time.
    private bool HasCome(InstanceState state, string? awaited) =>
        awaited is null || !_raising.Contains(awaited) || _raising[awaited].Any(state.Results.ContainsKey);

    /// <summary>The workflows that the state waits for.</summary>
    public IEnumerable<string> WorkflowsAwaited(InstanceState state) => state.Waits
        .Select(w => state.Activities[w.ExecutionId])
        .Select(e => FreeStep.WaitOf(_conducts.Of(Graph.ByNodeId[e.NodeId]), e).Workflow)
        .OfType<string>();

    /// <summary>Those of them that can come to no end, with the step that waits.</summary>
    public IEnumerable<(ActivityNode Step, string Workflow)> NeverAnswered(InstanceState state) => state.Waits
        .Select(w => state.Activities[w.ExecutionId])
        .Select(e => (Step: Graph.ByNodeId[e.NodeId], FreeStep.WaitOf(_conducts.Of(Graph.ByNodeId[e.NodeId]), e).Workflow))
        .Where(w => !_canEnd(w.Workflow))
        .Select(w => (w.Step, w.Workflow!));

    public StimulusBody BodyOf(InstanceState? state, Move move) => move.Kind switch
    {
        MoveKind.Start => new Start([], Sorted.Empty<int>(), null, null, null, move.Node == Graph.Root ? null : move.Node.Id, RuleSet.Current),
        MoveKind.Choose => new Retry(state!.Incidents[0].Id),
        _ => new Resume(state!.Waits[move.Place].Id, state.Waits[move.Place].Kind, null, null),
    };

    private IActivityHandler Free(IActivityHandler real) => real.Descriptor.TypeName switch
    {
        "Elsa.Flowchart" => new FlowchartWatch(real),
        "Elsa.Switch" => new FreeSwitch(real, Choice, _conducts),
        var type when Conducts.IsFlow(type) => real,
        var type when FreeContainer.Knows(type) => new FreeContainer(real, Choice),
        _ => new FreeStep(real.Descriptor, Choice, _conducts),
    };
}
