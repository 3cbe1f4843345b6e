using Assize.Engine.Instances;
using Assize.Workflows.Verifying;

namespace Assize.Workflows.Migrating;

/// <summary>A mapping decides nothing about the steps that the law requires of a case: they are neither withdrawn, nor done without being done, nor changed for another.</summary>
internal static class LawfulMapping
{
    /// <summary>What of a mapping holds for a case. What does not is as if nobody had decided it, so that the case stays where it is if it needs that.</summary>
    /// <param name="required">The steps that the law of the case's day requires.</param>
    public static StepMapping Of(StepMapping mapping, IEnumerable<string> required)
    {
        HashSet<string> kept = [.. required];
        return mapping with
        {
            Renamed = mapping.Renamed.RemoveRange(mapping.Renamed.Where(x => kept.Contains(x.Key) || kept.Contains(x.Value)).Select(x => x.Key)),
            Passed = mapping.Passed.RemoveRange(kept),
            LeftUndone = [.. mapping.LeftUndone.Where(x => !kept.Contains(x))],
            Withdrawn = [.. mapping.Withdrawn.Where(x => !kept.Contains(x))],
        };
    }

    /// <summary>Whether a part of it does not hold for a case.</summary>
    public static bool IsCut(StepMapping mapping, IEnumerable<string> required) => Of(mapping, required) is var held
        && (held.Renamed.Count, held.Passed.Count, held.LeftUndone.Length, held.Withdrawn.Length) != (mapping.Renamed.Count, mapping.Passed.Count, mapping.LeftUndone.Length, mapping.Withdrawn.Length);

    /// <summary>What of a mapping can hold for no case, whatever its day: the law was always so, and is still.</summary>
    public static IEnumerable<string> Problems(StepMapping mapping, IEnumerable<StatutoryStep> steps) => steps
        .Where(x => x is { From: null, To: null } && IsCut(mapping, [x.Step]))
        .Select(x => $"The law requires the step “{x.Title.En}” ({x.Source}). No mapping withdraws “{x.Step}”, counts it as done, leaves it undone or lets another take its place: cases that need that stay on their version.");
}
