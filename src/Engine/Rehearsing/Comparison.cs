using Assize.Engine.Instances;

namespace Assize.Engine.Rehearsing;

/// <summary>Holds where an instance stands against where it would stand.</summary>
internal sealed class Comparison(RecordedRun recorded, Rerun rerun, StepMapping mapping)
{
    /// <summary>The first difference that is in the way; null where there is none.</summary>
    public Parting? Find()
    {
        if (rerun.State.Status != recorded.State.Status)
        {
            return new Parting(RehearsalClass.Stranded, "would-end", null);
        }
        return Waits() ?? Work();
    }

    private Parting? Waits()
    {
        var theirs = recorded.State.Waits.Select(w => recorded.Trace.Waits[w.Id]).ToHashSet();
        var ours = rerun.OpenPlaces();
        foreach (var (place, wait) in ours.Where(o => !theirs.Contains(o.Key)))
        {
            if (wait.Kind == WaitKind.Reply)
            {
                return new Parting(RehearsalClass.NeedsMapping, "reply-missing", place.Step.ActivityId);
            }
            // Nobody started its child, so nothing would ever end it.
            if (wait.Kind == WaitKind.Child || !mapping.Begun.Contains(place.Step.ActivityId))
            {
                return new Parting(RehearsalClass.NeedsMapping, "wait-new", place.Step.ActivityId);
            }
        }
        var gone = theirs.FirstOrDefault(p => !ours.ContainsKey(p) && (p.Kind == WaitKind.Child || !mapping.Withdrawn.Contains(p.Step.ActivityId)));
        return gone is null ? null : new Parting(RehearsalClass.NeedsMapping, "wait-gone", gone.Step.ActivityId);
    }

    private Parting? Work()
    {
        foreach (var (work, times) in rerun.Trace.Asked)
        {
            var step = work[..work.IndexOf('|', StringComparison.Ordinal)];
            var isChild = work.Contains("|child ", StringComparison.Ordinal);
            if (times > recorded.Trace.Asked.GetValueOrDefault(work) && (isChild || !mapping.LeftUndone.Contains(step)))
            {
                return new Parting(RehearsalClass.NeedsMapping, "work-not-done", step);
            }
        }
        return null;
    }
}
