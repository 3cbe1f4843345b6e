using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>The one row that says whether anything published, released or retracted is newer than what a host remembers.</summary>
public sealed class CatalogVersion
{
    public const int OnlyId = 1;

    /// <summary>PostgreSQL's channel that hints at a change; the row is the truth.</summary>
    public const string Channel = "assize_catalog";

    public int Id { get; init; } = OnlyId;
    public required long Version { get; set; }

    /// <summary>Called first in every transaction that publishes, releases or retracts: those take turns by the row.</summary>
    public static async Task RaiseAsync(CaseDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO catalog_version (id, version) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET version = catalog_version.version + 1", ct);
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlRawAsync($"SELECT pg_notify('{Channel}', '')", ct);
        }
    }

    /// <summary>Zero before anything was published.</summary>
    public static async Task<long> ReadAsync(DbContext db, CancellationToken ct) =>
        await db.Set<CatalogVersion>().Where(x => x.Id == OnlyId).Select(x => (long?)x.Version).SingleOrDefaultAsync(ct) ?? 0;
}
