using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>The published versions of workflows, read and written within the caller's transaction.</summary>
public static class PublishedVersions
{
    /// <summary>The newest number ever published, retracted ones included; 0 where there is none.</summary>
    public static async Task<int> NewestAsync(CaseDb db, string definitionId, CancellationToken ct) =>
        await db.Set<DefinitionRow>().Where(x => x.Id == definitionId).MaxAsync(x => (int?)x.Version, ct) ?? 0;

    /// <summary>A version's text, exactly as it was published.</summary>
    public static async Task<string?> TextAsync(CaseDb db, string definitionId, int version, CancellationToken ct) =>
        await db.Set<DefinitionRow>().AsNoTracking().Where(x => x.Id == definitionId && x.Version == version).Select(x => x.Text).SingleOrDefaultAsync(ct);

    /// <summary>Of each workflow the newest version that is not retracted.</summary>
    public static async Task<IReadOnlyDictionary<string, WorkflowDefinition>> LiveAsync(CaseDb db, CancellationToken ct)
    {
        Dictionary<string, WorkflowDefinition> live = [];
        foreach (DefinitionRow row in await db.Set<DefinitionRow>().AsNoTracking().Where(x => x.RetractedAt == null).OrderBy(x => x.Version).ToListAsync(ct))
        {
            live[row.Id] = DefinitionReader.Read(row.Text);
        }
        return live;
    }

    /// <summary>Publishes a text; null, or why its number is taken.</summary>
    public static async Task<string?> PublishAsync(CaseDb db, string text, string publishedBy, DateTimeOffset now, CancellationToken ct) =>
        (await DefinitionCatalog.PublishAsync(db, text, publishedBy, now, ct)).Refusal;

    /// <summary>Retracts the newest live version where another one is left for new cases.</summary>
    /// <returns>The retracted version, and the one that new cases take now; null where none would be left.</returns>
    public static async Task<(int Retracted, int Now)?> RetractAsync(CaseDb db, string definitionId, DateTimeOffset now, CancellationToken ct)
    {
        List<DefinitionRow> live = await db.Set<DefinitionRow>().Where(x => x.Id == definitionId && x.RetractedAt == null)
            .OrderByDescending(x => x.Version).Take(2).ToListAsync(ct);
        if (live.Count < 2)
        {
            return null;
        }
        live[0].RetractedAt = now;
        return (live[0].Version, live[1].Version);
    }
}
