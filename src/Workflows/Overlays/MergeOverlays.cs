using Assize.Engine.Definitions;

namespace Assize.Workflows.Overlays;

/// <summary>Puts overlays on a baseline, the force's before the area's. The same ones give the same text.</summary>
public static class MergeOverlays
{
    public static OverlayMerged Onto(WorkflowDefinition baseline, params IReadOnlyList<Overlay> overlays)
    {
        List<OverlayProblem> problems = [.. overlays.SelectMany((x, index) => overlays.Skip(index + 1).SelectMany(y => Clashes(x, y)))];
        WorkflowDefinition merged = baseline;
        foreach (Overlay overlay in overlays.OrderBy(x => x.Level).ThenBy(x => x.Id, StringComparer.Ordinal))
        {
            MergeSteps steps = new(baseline, merged, overlay);
            merged = steps.Run();
            problems.AddRange(steps.Problems);
        }
        return new OverlayMerged(merged, problems);
    }

    /// <summary>Steps of the baseline that both touch: nobody could say which of the two is to hold. Two additions on different outcomes of a step touch different connections.</summary>
    public static IEnumerable<OverlayProblem> Clashes(Overlay one, Overlay other) =>
        from mine in one.Operations
        where !one.Operations.Any(x => x.Does == OverlayDoes.Add && x.Id == mine.Activity)
        from theirs in other.Operations
        where theirs.Activity == mine.Activity && (mine.Does != OverlayDoes.Add || theirs.Does != OverlayDoes.Add || mine.Port == theirs.Port)
        select new OverlayProblem(
            "overlays-clash", $"the overlay “{other.Title.En}” ({other.Id} {other.Version}) touches this step as well, by “{theirs.Id}”. Agree on one of the two, and take it out of the other.", mine.Id, mine.Activity);
}
