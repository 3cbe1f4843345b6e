using System.Collections.Frozen;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>The overlays that new cases take, and the numbers of what workflows are with them.</summary>
internal sealed record OverlaySnapshot(
    FrozenDictionary<string, IReadOnlyList<Overlay>> ByWorkflow, FrozenDictionary<(string Workflow, int Baseline, string Force, string Area), int> ByOverlays)
{
    public static OverlaySnapshot Empty { get; } = new(
        FrozenDictionary<string, IReadOnlyList<Overlay>>.Empty, FrozenDictionary<(string, int, string, string), int>.Empty);

    public IEnumerable<(string Id, int Version)> Numbers => ByOverlays.Select(x => (x.Key.Workflow, x.Value));

    public IReadOnlyList<Overlay> On(string workflow) => ByWorkflow.GetValueOrDefault(workflow) ?? [];

    /// <summary>The number of the baseline with the overlays of a case; its own where there are none; null where it is not known yet.</summary>
    public int? Of(string workflow, int baseline, NewInstance asked)
    {
        (Overlay? force, Overlay? area) = OverlayChoice.Of(On(workflow), baseline, asked.Day, asked.Force, asked.Area);
        return force is null && area is null ? baseline : ByOverlays.TryGetValue((workflow, baseline, Key(force), Key(area)), out int version) ? version : null;
    }

    /// <summary>What a baseline is with overlays that are not retired.</summary>
    public IEnumerable<int> VersionsOf(string workflow, int baseline)
    {
        HashSet<string> live = [Key(null), .. On(workflow).Select(Key)];
        return ByOverlays.Where(x => x.Key.Workflow == workflow && x.Key.Baseline == baseline && live.Contains(x.Key.Force) && live.Contains(x.Key.Area)).Select(x => x.Value);
    }

    public static async Task<OverlaySnapshot> ReadAsync(DbContext db, CancellationToken ct)
    {
        List<string> texts = await db.Set<PublishedOverlay>().AsNoTracking().Where(x => x.RetiredAt == null).Select(x => x.Text).ToListAsync(ct);
        List<EffectiveVersion> versions = texts.Count == 0 ? [] : await db.Set<EffectiveVersion>().AsNoTracking().ToListAsync(ct);
        return texts.Count == 0 ? Empty : new OverlaySnapshot(
            texts.Select(Overlay.Read).GroupBy(x => x.Workflow).ToFrozenDictionary(x => x.Key, IReadOnlyList<Overlay> (x) => [.. x]),
            versions.ToFrozenDictionary(x => (x.Workflow, x.Baseline, Key(x.ForceOverlay, x.ForceVersion), Key(x.AreaOverlay, x.AreaVersion)), x => x.Version));
    }

    private static string Key(Overlay? overlay) => overlay is null ? "" : Key(overlay.Id, overlay.Version);

    private static string Key(string id, int version) => id.Length == 0 ? "" : FormattableString.Invariant($"{id}@{version}");
}
