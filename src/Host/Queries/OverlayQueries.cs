using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Overlays of forces and areas: what is published, what is drafted, and who holds to which at a day.</summary>
public sealed class OverlayQueries(CaseDatabase database, RuleCatalog rules, TermsCheck choices, DraftingRights rights)
{
    private static readonly string s_prefix = $"{RuleName.Overlay}:";

    /// <summary>One line for each, and of the drafts those that the caller may change.</summary>
    public async Task<IReadOnlyList<OverlayLine>> ListAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var versions = await db.PublishedOverlays.AsNoTracking().OrderBy(x => x.Id).ThenByDescending(x => x.Version).ToListAsync(ct);
        var drafts = await rights.Drafts(db, caller).AsNoTracking().Where(x => x.DefinitionId.StartsWith(s_prefix)).Select(x => new { x.DefinitionId, x.Name, x.Version, x.SavedByName }).ToListAsync(ct);
        var newest = versions.GroupBy(x => x.Id).ToDictionary(x => x.Key, x => x.First());
        return
        [
            .. newest.Keys.Union(drafts.Select(x => x.DefinitionId[s_prefix.Length..])).Order(StringComparer.Ordinal).Select(id =>
            {
                var (published, draft) = (newest.GetValueOrDefault(id), drafts.Find(x => x.DefinitionId == s_prefix + id));
                var overlay = published is null ? null : Overlay.Read(published.Text);
                return new OverlayLine(id, overlay?.Title.En ?? draft!.Name, overlay, published, draft is null ? null : $"{draft.Version}, {draft.SavedByName}");
            }),
        ];
    }

    /// <summary>The newest version, or one by its number; null where there is none.</summary>
    public async Task<PublishedOverlay?> FindAsync(string id, int? version, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.PublishedOverlays.AsNoTracking().Where(x => x.Id == id && (version == null || x.Version == version)).OrderByDescending(x => x.Version).FirstOrDefaultAsync(ct);
    }

    /// <summary>Of every workflow with overlays: the version that a case without them takes on the day, and what holds there.</summary>
    public async Task<IReadOnlyList<WorkflowOverlays>> OnAsync(DateOnly day, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        await rules.FollowAsync(db, ct);
        List<WorkflowOverlays> found = [];
        foreach (var newest in await rules.NewestDefinitionsAsync(db, ct))
        {
            var all = rules.Overlays(newest.DefinitionId);
            var baseline = rules.Plan(newest.DefinitionId)?.WithoutCase(day)?.Version ?? newest.Version;
            List<Overlay> held = [.. all.GroupBy(x => (x.Level, x.Owner)).Select(x => Of(all, x.Key.Level, x.Key.Owner, baseline, day)).OfType<Overlay>().OrderBy(x => x.Level).ThenBy(x => x.Owner, StringComparer.Ordinal)];
            if (held.Count > 0)
            {
                found.Add(new WorkflowOverlays(newest.DefinitionId, baseline, held));
            }
        }

        return found;
    }

    /// <summary>Of what there can be an overlay, and what of it the caller may draft.</summary>
    public async Task<(ReleaseChoices All, DraftingReach Reach)> ChoicesAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return (await choices.ChoicesAsync(db, ct), await rights.ReachAsync(db, caller, ct));
    }

    public async Task<bool> MayDraftAsync(string id, Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await rights.MayDraftAsync(db, caller, await DraftingRights.OwnerAsync(db, s_prefix + id, ct), ct);
    }

    private static Overlay? Of(IReadOnlyList<Overlay> all, OverlayLevel level, string owner, int baseline, DateOnly day) => level == OverlayLevel.Force
        ? OverlayChoice.Of(all, baseline, day, owner, null).Force
        : OverlayChoice.Of(all, baseline, day, null, owner).Area;
}

/// <param name="Newest">Null where nothing of it is published.</param>
/// <param name="Draft">The number that the draft will have, and who saved it.</param>
public sealed record OverlayLine(string Id, string Title, Overlay? Newest, PublishedOverlay? Published, string? Draft);

/// <param name="Held">Of each force and area the overlay that its new cases take.</param>
public sealed record WorkflowOverlays(string Workflow, int Baseline, IReadOnlyList<Overlay> Held);
