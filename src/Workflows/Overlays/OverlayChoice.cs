namespace Assize.Workflows.Overlays;

/// <summary>Which overlays hold for a case. Pure: the same question gets the same answer on every host.</summary>
public static class OverlayChoice
{
    /// <summary>The force's and the area's overlay of a case on a version of the workflow: of each the newest that is law on the day, among those made for the latest version of the workflow up to this one.</summary>
    /// <param name="all">Those of the workflow that are not retired.</param>
    public static (Overlay? Force, Overlay? Area) Of(IReadOnlyList<Overlay> all, int baseline, DateOnly day, string? force, string? area) =>
        (Newest(all, OverlayLevel.Force, force, baseline, day), Newest(all, OverlayLevel.Area, area, baseline, day));

    /// <summary>Every set of overlays that some case may take on a version of the workflow.</summary>
    public static IEnumerable<IReadOnlyList<Overlay>> Sets(IReadOnlyList<Overlay> all, int baseline)
    {
        List<Overlay> taken = [.. all.Where(x => MayBeTaken(all, x, baseline))];
        foreach (Overlay one in taken)
        {
            yield return [one];
        }
        foreach (Overlay force in taken.Where(x => x.Level == OverlayLevel.Force))
        {
            foreach (Overlay area in taken.Where(x => x.Level == OverlayLevel.Area))
            {
                yield return [force, area];
            }
        }
    }

    /// <summary>Those whose owner has overlays on the workflow, none of them for this version: their cases would silently be the baseline's.</summary>
    public static IEnumerable<Overlay> Missing(IReadOnlyList<Overlay> all, int baseline) =>
        all.GroupBy(x => x.Id).Where(x => x.Min(overlay => overlay.FirstBaseline) <= baseline && !x.Any(overlay => overlay.IsFor(baseline))).Select(x => x.MaxBy(overlay => overlay.Version)!);

    private static bool MayBeTaken(IReadOnlyList<Overlay> all, Overlay overlay, int baseline) => Generation(all.Where(x => x.Id == overlay.Id), baseline) is var made && made.Contains(overlay)
        && !made.Exists(x => x.Version > overlay.Version && (x.EffectiveFrom is null || x.EffectiveFrom <= overlay.EffectiveFrom));

    // One that was made for a later version of the workflow takes the place of all before it, on any day: those need not fit it.
    private static List<Overlay> Generation(IEnumerable<Overlay> ofOne, int baseline)
    {
        List<Overlay> made = [.. ofOne.Where(x => x.IsFor(baseline))];
        return made.FindAll(x => x.FirstBaseline == made.Max(y => y.FirstBaseline));
    }

    private static Overlay? Newest(IReadOnlyList<Overlay> all, OverlayLevel level, string? owner, int baseline, DateOnly day)
    {
        List<Overlay> made = owner is null ? [] : Generation(all.Where(x => x.Level == level && x.Owner == owner), baseline);
        // Before the first day of the first of them, that one all the same: nobody is silently without.
        return made.Where(x => x.IsLawOn(day)).MaxBy(x => x.Version)
            ?? (made.Exists(x => x.FirstBaseline > all.Where(y => y.Id == x.Id).Min(y => y.FirstBaseline)) ? made.OrderBy(x => x.EffectiveFrom).ThenByDescending(x => x.Version).First() : null);
    }
}
