using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Assize.Workflows.Storage;

/// <summary>Opens contexts on the case database: an Npgsql connection string, or the path of an SQLite file.</summary>
public sealed class CaseDatabase : IDbContextFactory<CaseDb>, IAsyncDisposable
{
    // Any number will do as long as every build uses the same one.
    private const long MigrationLock = 0x4153_5349_5A45_0001;

    private readonly NpgsqlDataSource? _postgres;
    private readonly Func<CaseDb> _create;

    private CaseDatabase(NpgsqlDataSource? postgres, Func<CaseDb> create) => (_postgres, _create) = (postgres, create);

    public bool IsSqlite => _postgres is null;

    /// <param name="connection">ASSIZE_DATABASE; empty means the SQLite file.</param>
    public static CaseDatabase Open(string? connection, string sqlitePath) =>
        string.IsNullOrWhiteSpace(connection) ? Sqlite(sqlitePath) : Postgres(Prepared(connection));

    // A command sends the same few texts every time: the server should plan them once.
    private static NpgsqlDataSource Prepared(string connection) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 3 });

    public static CaseDatabase Postgres(NpgsqlDataSource source) =>
        new(source, Pooled(new DbContextOptionsBuilder<PostgresCaseDb>().UseNpgsql(source).Options));

    public static CaseDatabase Sqlite(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }
        string connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        return new(null, Pooled(new DbContextOptionsBuilder<SqliteCaseDb>().UseSqlite(connection).Options));
    }

    /// <summary>A context of the pool, which it goes back to when it is disposed.</summary>
    public CaseDb CreateDbContext() => _create();

    // A command is short: making a context with its services would be a good part of it.
    private static Func<T> Pooled<T>(DbContextOptions<T> options) where T : CaseDb => new PooledDbContextFactory<T>(options).CreateDbContext;

    /// <summary>Brings the schema up to date. Hosts that start together take turns.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using CaseDb db = CreateDbContext();
        if (IsSqlite)
        {
            await MigrateFileAsync(db, ct);
            return;
        }
        await using NpgsqlConnection guard = await _postgres!.OpenConnectionAsync(ct);
        await ExecuteAsync(guard, $"SELECT pg_advisory_lock({MigrationLock})", ct);
        try
        {
            await db.Database.MigrateAsync(ct);
        }
        finally
        {
            await ExecuteAsync(guard, $"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    // On SQLite EF Core's migration lock is a row, which a killed process leaves behind and every later start waits for.
    // The embedded file has one host, so a row that is there at its start is abandoned.
    private static async Task MigrateFileAsync(CaseDb db, CancellationToken ct)
    {
        int locks = await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(ct);
        if (locks > 0)
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", ct);
        }
        await db.Database.MigrateAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken ct)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }
}
