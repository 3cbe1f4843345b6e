using Assize.Engine.Definitions;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>Says whether a changed definition, seen through some steps only, still does what the first one does: no trace more, and none less.</summary>
/// <param name="table">The activities that may run; each tells its conduct.</param>
/// <param name="find">A workflow used as an activity; a null version means the one that a new case would take.</param>
/// <remarks>Conditions, answers and timers are free choices, as for <see cref="SoundnessCheck"/>; workflows that are waited for are taken to end.</remarks>
public sealed class TraceCheck(ActivityTable table, Func<string, int?, WorkflowDefinition?> find, SoundnessBounds? bounds = null)
{
    private readonly SoundnessBounds _bounds = bounds ?? SoundnessBounds.Usual;

    /// <param name="seen">Ids of the steps that are looked at: how each is completed, in which order, and that the workflow ends.</param>
    public TraceVerdict Of(WorkflowDefinition first, WorkflowDefinition changed, IReadOnlySet<string> seen)
    {
        var (before, after) = (Explore(first, seen), Explore(changed, seen));
        if ((before.Unfinished ?? after.Unfinished) is { } open)
        {
            return Unknown(open);
        }
        var (more, less) = (new TraceInclusion(after, before), new TraceInclusion(before, after));
        return more.Counter() is { } added ? Told(after.Workflow, added, "as the baseline never does there", "where the baseline cannot end")
            : less.Counter() is { } lost ? Told(before.Workflow, lost, "by the baseline, and then no longer can", "by the baseline, and then no longer can")
            : more.IsTooLarge || less.IsTooLarge ? Unknown($"more than {TraceInclusion.MostPairs} pairs of states would have to be compared")
            : new(TraceKind.Kept, "", []);
    }

    private TraceSpace Explore(WorkflowDefinition definition, IReadOnlySet<string> seen)
    {
        var workflow = new FreeWorkflow(definition, table, find, _ => true);
        return new TraceSpace(workflow, seen, _bounds, Reduction.Sparing(workflow, seen));
    }

    private static TraceVerdict Told(FreeWorkflow workflow, (List<Move> Way, string Seen) counter, string doing, string ending)
    {
        var words = new FindingWords(workflow);
        var path = words.Path(counter.Way);
        var id = counter.Seen.Split(' ')[0];
        var then = id.Length == 0 ? $"the workflow ends, {ending}." : $"{words.Name(id)} is completed, {doing}.";
        var text = FindingWords.After(path) + then;
        return new(TraceKind.Broken, char.ToUpperInvariant(text[0]) + text[1..], path);
    }

    private static TraceVerdict Unknown(string why) => new(TraceKind.Unknown, $"Whether the steps that the law requires stay as they are cannot be proved: {why}.", []);
}
