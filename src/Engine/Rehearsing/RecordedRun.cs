using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Rehearsing;

/// <summary>What an instance did, stimulus by stimulus, on the versions that it ran on.</summary>
internal sealed class RecordedRun
{
    private readonly List<RecordedStep> _steps = [];
    private readonly StepMapping _mapping;
    private readonly Tracing _tracing;

    private RecordedRun(StepMapping mapping) => (_mapping, _tracing) = (mapping, new Tracing(mapping.NewOf));

    public IReadOnlyList<RecordedStep> Steps => _steps;
    public InstanceState State => _steps[^1].State;
    public Trace Trace => _steps[^1].Trace;

    /// <summary>Every place at which it ever waited.</summary>
    public HashSet<WaitPlace> Places { get; } = [];

    /// <summary>The replies that it got, by the wait they answered.</summary>
    public ImmutableDictionary<WaitPlace, Stimulus> Replies { get; private set; } = ImmutableDictionary<WaitPlace, Stimulus>.Empty;

    public static RecordedRun Of(
        IReadOnlyList<JournaledStimulus> journal, Func<int, ExecutionGraph> versions, ActivityTable table, string instanceId, StepResources resources, StepMapping mapping)
    {
        var run = new RecordedRun(mapping);
        foreach (var entry in journal)
        {
            run.Take(entry, versions, table, instanceId, resources);
        }
        return run;
    }

    private void Take(JournaledStimulus entry, Func<int, ExecutionGraph> versions, ActivityTable table, string instanceId, StepResources resources)
    {
        var before = _steps.Count == 0 ? null : _steps[^1];
        var advanced = Advance.Run(versions(entry.Version), table, before?.State, instanceId, entry.Stimulus, resources, ScriptTime.OfReplay()) as Advanced
            ?? throw new InvalidOperationException($"Expected instance {instanceId} to take stimulus {entry.Sequence} again, but it refused it.");
        var trace = entry.Stimulus.Body switch
        {
            // It takes back the one just before it.
            Migrate { Reverses: true } => before!.Before!.Trace,
            Migrate migrate => migrate.Trace.Renamed(_mapping.NewOf),
            Reinstate back => _steps[(int)back.BackToSequence - 1].Trace,
            _ => _tracing.After(before?.Trace ?? Trace.Empty, advanced),
        };
        var step = new RecordedStep(entry, before, advanced, trace);
        _steps.Add(step);
        // What is brought in from elsewhere may have waited before; all others are seen when they open.
        Places.UnionWith(step.Body is Migrate ? trace.Waits.Values : advanced.State.Waits.Select(w => trace.Waits[w.Id]));
        if (step.Body is Resume { Kind: WaitKind.Reply } reply)
        {
            Replies = Replies.SetItem(step.PlaceOf(reply.WaitId), entry.Stimulus with { Body = reply });
        }
    }
}

/// <param name="Before">Null for the start.</param>
internal sealed record RecordedStep(JournaledStimulus Entry, RecordedStep? Before, Advanced Advanced, Trace Trace)
{
    public InstanceState State => Advanced.State;

    /// <summary>What came, without the limits that scripts ran into.</summary>
    public StimulusBody Body { get; } = Innermost(Entry.Stimulus.Body);

    public WaitPlace PlaceOf(string waitId) => Before!.Trace.Waits[waitId];

    private static StimulusBody Innermost(StimulusBody body) => body is LimitExceeded limit ? Innermost(limit.Instead) : body;
}
