using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>The published versions of workflows, read and written within the caller's transaction.</summary>
public static class PublishedVersions
{
    /// <summary>The newest number ever published, retracted ones included; 0 where there is none.</summary>
    public static async Task<int> NewestAsync(CaseDb db, string definitionId, CancellationToken ct) =>
        await db.Set<DefinitionRow>().Where(x => x.Id == definitionId).MaxAsync(x => (int?)x.Version, ct) ?? 0;

    /// <summary>The numbers that are not retracted, the newest first.</summary>
    public static async Task<IReadOnlyList<int>> LiveNumbersAsync(CaseDb db, string definitionId, CancellationToken ct) =>
        await db.Set<DefinitionRow>().Where(x => x.Id == definitionId && x.RetractedAt == null).OrderByDescending(x => x.Version).Select(x => x.Version).ToListAsync(ct);

    /// <summary>A version's text, exactly as it was published.</summary>
    public static async Task<string?> TextAsync(CaseDb db, string definitionId, int version, CancellationToken ct) =>
        await db.Set<DefinitionRow>().AsNoTracking().Where(x => x.Id == definitionId && x.Version == version).Select(x => x.Text).SingleOrDefaultAsync(ct);

    /// <summary>Publishes a text; null, or why its number is taken.</summary>
    public static async Task<string?> PublishAsync(
        CaseDb db, string text, string publishedBy, DateTimeOffset now, DateTimeOffset businessNow, CancellationToken ct) =>
        (await DefinitionCatalog.PublishAsync(db, text, publishedBy, now, ct, businessNow)).Refusal;

    public static Task RetractAsync(CaseDb db, string definitionId, int version, DateTimeOffset now, CancellationToken ct) =>
        db.Set<DefinitionRow>().Where(x => x.Id == definitionId && x.Version == version)
            .ExecuteUpdateAsync(x => x.SetProperty(row => row.RetractedAt, now), ct);
}
