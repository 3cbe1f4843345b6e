using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Rehearsing;

/// <summary>Runs the journal of an open instance on another version of its workflow: a pure function that changes nothing.</summary>
/// <param name="versions">The versions that the instance ran on, by number.</param>
/// <param name="target">The version, or draft, to rehearse.</param>
public sealed class Rehearsal(ActivityTable table, Func<int, ExecutionGraph> versions, ExecutionGraph target, StepMapping mapping)
{
    /// <param name="then">What the instance pinned.</param>
    /// <param name="now">What it would pin of the new version, resolved.</param>
    public Rehearsed Run(string instanceId, IReadOnlyList<JournaledStimulus> journal, StepResources then, ImmutableSortedDictionary<string, int> pins, StepResources now)
    {
        var decided = Decided(journal);
        var recorded = RecordedRun.Of(journal, versions, table, instanceId, then, decided);
        var rerun = new Rerun(target, table, now, recorded, decided);
        foreach (var step in recorded.Steps)
        {
            if (rerun.Take(step, pins) is { } parting)
            {
                return new Rehearsed(Words(parting, step.Entry, rerun), recorded.State);
            }
        }
        var last = journal[^1];
        if ((rerun.NewIncident(recorded.Steps[^1]) ?? new Comparison(recorded, rerun, decided).Find()) is { } at)
        {
            return new Rehearsed(Words(at, last, rerun), recorded.State);
        }
        var after = new Lazy<(InstanceState State, Trace Trace)>(() => new Identity(recorded, rerun, instanceId, last.Sequence).Apply());
        return new Rehearsed(Free(recorded.State, after, rerun), recorded.State, after) { Mapping = decided };
    }

    // What was decided for earlier migrations still says what became of those steps.
    private StepMapping Decided(IReadOnlyList<JournaledStimulus> journal)
    {
        var migrations = new Stack<Migrate>();
        foreach (var migrate in journal.Select(j => j.Stimulus.Body).OfType<Migrate>())
        {
            if (migrate.Reverses)
            {
                migrations.TryPop(out _);
            }
            else
            {
                migrations.Push(migrate);
            }
        }
        return migrations.Reverse().Select(m => m.Mapping).Append(mapping).Aggregate((earlier, later) => earlier.Then(later));
    }

    private static RehearsalVerdict Free(InstanceState before, Lazy<(InstanceState State, Trace Trace)> after, Rerun rerun) =>
        !rerun.WentAnotherWay && InstanceJson.Write(after.Value.State with { DefinitionVersion = before.DefinitionVersion, Sequence = before.Sequence }) == InstanceJson.Write(before)
            ? new RehearsalVerdict(RehearsalClass.Same, "same", null, "Nothing that it did is different.", null)
            : new RehearsalVerdict(RehearsalClass.Moves, "other-way", null, "It comes to the same steps in the new version.", null);

    private RehearsalVerdict Words(Parting parting, JournaledStimulus at, Rerun rerun)
    {
        var step = parting.ActivityId is null ? "" : $"“{NameOf(parting.ActivityId, at.Version)}”";
        var waits = string.Join(", ", rerun.State.Waits.Select(w => $"“{NameOf(w.ActivityId, at.Version)}”").Distinct());
        var words = parting.Code switch
        {
            "step-not-reached" => $"It has gone past {step}, which it would not have reached: it would wait for {(waits.Length > 0 ? waits : "nothing")}.",
            "reply-missing" => $"{step} would have asked for something that was never asked.",
            "work-not-done" => $"{step} would have done work that was never done.",
            "wait-new" => $"It would also wait for {step}.",
            "wait-gone" => $"It waits for {step}, for which it would not wait.",
            "outcome-unknown" => $"{step} was ended by an outcome that it does not have in the new version.",
            "would-end" => "It would have ended.",
            "incident" => $"It would have run into an incident{(step.Length > 0 ? $" at {step}" : "")}: {parting.Detail}",
            _ => $"The new version refuses what it was told: {parting.Detail}",
        };
        return new RehearsalVerdict(parting.Class, parting.Code, parting.ActivityId, words, at.Sequence);
    }

    private string NameOf(string activityId, int version) =>
        (target.ById.GetValueOrDefault(activityId) ?? versions(version).ById.GetValueOrDefault(activityId))?.DisplayText ?? activityId;
}

/// <summary>What came of a rehearsal.</summary>
/// <param name="before">The state that the journal comes to on the version it runs on.</param>
/// <param name="after">Worked out where somebody asks: most rehearsals are read for their verdict alone.</param>
public sealed class Rehearsed(RehearsalVerdict verdict, InstanceState before, Lazy<(InstanceState State, Trace Trace)>? after = null)
{
    public RehearsalVerdict Verdict { get; } = verdict;
    public InstanceState Before { get; } = before;

    /// <summary>The state on the new version, with the ids and instants of what stays; null where it may not be migrated.</summary>
    public (InstanceState State, Trace Trace)? After => after?.Value;

    /// <summary>What was decided about its steps, earlier decisions included.</summary>
    public StepMapping Mapping { get; init; } = StepMapping.None;
}
