using Assize.Engine.Storage;
using Assize.Workflows.Cases;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>The published versions of workflows and, where the id is a <see cref="RuleName"/>, of forms, tables, calendars, code lists and overlays; within the caller's transaction.</summary>
public static class PublishedVersions
{
    /// <summary>The newest number ever published, retracted ones included; 0 where there is none.</summary>
    public static async Task<int> NewestAsync(CaseDb db, string definitionId, CancellationToken ct) =>
        (RuleName.Parse(definitionId) is { Kind: RuleName.Overlay, Id: var overlay } ? await db.PublishedOverlays.Where(x => x.Id == overlay).MaxAsync(x => (int?)x.Version, ct)
            : RuleName.Parse(definitionId) is { } rule
            ? await db.PublishedResources.Where(x => x.Kind == rule.Kind && x.Id == rule.Id).MaxAsync(x => (int?)x.Version, ct)
            : await db.Set<DefinitionRow>().Where(x => x.Id == definitionId).MaxAsync(x => (int?)x.Version, ct)) ?? 0;

    /// <summary>False in a new deployment.</summary>
    public static Task<bool> AnyAsync(CaseDb db, CancellationToken ct) => db.Set<DefinitionRow>().AnyAsync(ct);

    /// <summary>The numbers that are not retracted, the newest first.</summary>
    public static async Task<IReadOnlyList<int>> LiveNumbersAsync(CaseDb db, string definitionId, CancellationToken ct) =>
        await db.Set<DefinitionRow>().Where(x => x.Id == definitionId && x.RetractedAt == null && x.Version > 0).OrderByDescending(x => x.Version).Select(x => x.Version).ToListAsync(ct);

    /// <summary>A version's text, exactly as it was published.</summary>
    public static async Task<string?> TextAsync(CaseDb db, string definitionId, int version, CancellationToken ct) =>
        RuleName.Parse(definitionId) is { Kind: RuleName.Overlay, Id: var overlay }
            ? await db.PublishedOverlays.AsNoTracking().Where(x => x.Id == overlay && x.Version == version).Select(x => x.Text).SingleOrDefaultAsync(ct)
            : RuleName.Parse(definitionId) is { } rule
            ? await db.PublishedResources.AsNoTracking().Where(x => x.Kind == rule.Kind && x.Id == rule.Id && x.Version == version).Select(x => x.Text).SingleOrDefaultAsync(ct)
            : await db.Set<DefinitionRow>().AsNoTracking().Where(x => x.Id == definitionId && x.Version == version).Select(x => x.Text).SingleOrDefaultAsync(ct);

    /// <summary>The texts of all workflow versions that are not retracted, but for this workflow's own and those of an owner.</summary>
    internal static async Task<IReadOnlyList<string>> LiveTextsOfOthersAsync(CaseDb db, string definitionId, string owner, CancellationToken ct) =>
        await db.Set<DefinitionRow>().AsNoTracking()
            .Where(x => x.RetractedAt == null && x.Id != definitionId && !db.OwnedDefinitions.Any(owned => owned.DefinitionId == x.Id && owned.Owner == owner)).Select(x => x.Text).ToListAsync(ct);

    /// <summary>Publishes a text; null, or why its number is taken. Its releases decide what begins it.</summary>
    public static async Task<string?> PublishAsync(
        CaseDb db, string text, string publishedBy, DateTimeOffset now, DateTimeOffset businessNow, CancellationToken ct) =>
        (await DefinitionCatalog.PublishAsync(db, text, publishedBy, now, ct, businessNow, begins: false)).Refusal;

    /// <summary>Lets events and clocks begin the version that new instances without a case take on that day, and no other.</summary>
    internal static async Task BeginAsync(CaseDb db, string definitionId, ReleasePlan plan, DateTimeOffset business, CancellationToken ct)
    {
        if (await BegunAsync(db, definitionId, plan, business, ct) is { } version)
        {
            await DefinitionCatalog.BeginWithAsync(db, definitionId, version, business, ct);
        }
    }

    /// <summary>The versions whose triggers stand, by workflow.</summary>
    internal static async Task<IReadOnlyDictionary<string, int>> TriggeredAsync(CaseDb db, CancellationToken ct) =>
        (await db.Set<TriggerRow>().Select(x => new { x.DefinitionId, x.Version }).Distinct().ToListAsync(ct))
            .GroupBy(x => x.DefinitionId).ToDictionary(x => x.Key, x => x.Min(row => row.Version));

    // A workflow without releases was published by a build that knew none: then the newest version counted.
    private static async Task<int?> BegunAsync(CaseDb db, string definitionId, ReleasePlan plan, DateTimeOffset business, CancellationToken ct) =>
        plan.Releases.IsEmpty ? (await LiveNumbersAsync(db, definitionId, ct)).Select(x => (int?)x).FirstOrDefault() : plan.WithoutCase(London.Day(business))?.Version;

    public static Task RetractAsync(CaseDb db, string definitionId, int version, DateTimeOffset now, CancellationToken ct) =>
        db.Set<DefinitionRow>().Where(x => x.Id == definitionId && x.Version == version)
            .ExecuteUpdateAsync(x => x.SetProperty(row => row.RetractedAt, now), ct);
}
