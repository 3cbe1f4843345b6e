using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Storage;

public static class Migrating
{
    /// <summary>Brings the database to this build's model, one process at a time.</summary>
    public static async Task MigrateAsync(DbContext db, CancellationToken ct)
    {
        if (!db.Database.IsSqlite())
        {
            await MigrateInTurnAsync(db, ct);
            return;
        }

        await using FileStream? held = await LockFileAsync(db, ct);
        await DropAbandonedLockAsync(db, ct);
        await db.Database.MigrateAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", ct);
    }

    // The session's lock goes with its connection, whatever happens to the process.
    private static async Task MigrateInTurnAsync(DbContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_lock(4707187116498223106)", ct);
            await db.Database.MigrateAsync(ct);
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_unlock(4707187116498223106)", ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    // On SQLite EF Core's migration lock is a row, which a killed process leaves behind and every later start waits for.
    // The file's lock goes with its process, so whoever holds it may remove the row.
    private static async Task DropAbandonedLockAsync(DbContext db, CancellationToken ct)
    {
        int found = await db.Database
            .SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(ct);
        if (found > 0)
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", ct);
        }
    }

    private static async Task<FileStream?> LockFileAsync(DbContext db, CancellationToken ct)
    {
        string path = db.Database.GetDbConnection().DataSource;
        if (path is "" or ":memory:")
        {
            return null;
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        for (; ; await Task.Delay(TimeSpan.FromMilliseconds(100), ct))
        {
            try
            {
                return new FileStream(path + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path + ".migrating"))
            {
                ct.ThrowIfCancellationRequested();
            }
        }
    }
}
