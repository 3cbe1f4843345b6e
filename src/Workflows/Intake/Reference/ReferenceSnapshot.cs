using System.Collections.Concurrent;

namespace Assize.Workflows.Intake.Reference;

/// <summary>All that was imported and published when the version row said this number.</summary>
/// <param name="Imported">Our lists, and what was imported over them.</param>
/// <param name="Published">Every published version of every list.</param>
internal sealed record ReferenceSnapshot(long Version, ReferenceData Imported, IReadOnlyList<CodeList> Published)
{
    private readonly ConcurrentDictionary<string, ReferenceData> _byVersions = new();

    /// <summary>The lists of a day: of each the newest version that is law then, and where there is none, what was imported.</summary>
    public ReferenceData On(DateOnly day)
    {
        List<CodeList> law = [.. Published.Where(x => x.EffectiveFrom is null || x.EffectiveFrom <= day).GroupBy(x => x.Id).Select(x => x.MaxBy(list => list.Version)!).OrderBy(x => x.Id, StringComparer.Ordinal)];
        return law.Count == 0 ? Imported : _byVersions.GetOrAdd(string.Join(' ', law.Select(x => $"{x.Id} {x.Version}")), _ => Imported.Replaced(law));
    }
}
