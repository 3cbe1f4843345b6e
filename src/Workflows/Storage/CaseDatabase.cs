using System.Data.Common;
using System.Runtime.CompilerServices;
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
    private readonly Func<DbConnection>? _connect;
    private readonly ConditionalWeakTable<CaseDb, DbConnection> _connections = [];

    private CaseDatabase(NpgsqlDataSource? postgres, Func<CaseDb> create, Func<DbConnection>? connect = null) =>
        (_postgres, _create, _connect) = (postgres, create, connect);

    public bool IsSqlite => _postgres is null;

    /// <param name="connection">ASSIZE_DATABASE; empty means the SQLite file.</param>
    public static CaseDatabase Open(string? connection, string sqlitePath) =>
        string.IsNullOrWhiteSpace(connection) ? Sqlite(sqlitePath) : Postgres(Prepared(connection));

    // A command sends the same few texts every time: the server should plan them once. Compiling them to machine code takes it
    // seconds for an access filter, whose answer takes milliseconds.
    private static NpgsqlDataSource Prepared(string connection)
    {
        NpgsqlConnectionStringBuilder settings = new(connection) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 3 };
        settings.Options = $"-c jit=off {settings.Options}".TrimEnd();
        return NpgsqlDataSource.Create(settings);
    }

    public static CaseDatabase Postgres(NpgsqlDataSource source) =>
        new(source, Pooled(new DbContextOptionsBuilder<PostgresCaseDb>().UseNpgsql(source).Options));

    /// <param name="waitsForDisk">False: the last commits may be gone after a power cut, though not after a crash of the process.</param>
    public static CaseDatabase Sqlite(string path, bool waitsForDisk = true)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }
        string connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        DbContextOptions<SqliteCaseDb> options = new DbContextOptionsBuilder<SqliteCaseDb>().UseSqlite(connection).Options;
        return new(null, Pooled(options), () => Connected(options, waitsForDisk));
    }

    /// <summary>A context of the pool, which it goes back to when it is disposed.</summary>
    public CaseDb CreateDbContext()
    {
        CaseDb db = _create();
        if (_connect is not null)
        {
            // An open connection keeps what it compiled, and EF Core closes its own with each context: this one is ours.
            DbConnection own = _connections.GetValue(db, _ => _connect());
            if (db.Database.GetDbConnection() != own)
            {
                db.Database.SetDbConnection(own);
            }
        }
        return db;
    }

    // A command is short: making a context with its services would be a good part of it.
    private static Func<T> Pooled<T>(DbContextOptions<T> options) where T : CaseDb => new PooledDbContextFactory<T>(options).CreateDbContext;

    // Made by EF Core, which gives it the functions that its queries use.
    private static DbConnection Connected(DbContextOptions<SqliteCaseDb> options, bool waitsForDisk)
    {
        DbConnection connection = new SqliteCaseDb(options).Database.GetDbConnection();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous = {(waitsForDisk ? "FULL" : "NORMAL")}";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>A connection of its own, on which PostgreSQL says at once what others notify; null on SQLite, which has one host.</summary>
    public async Task<NpgsqlConnection?> ListenAsync(string channel, CancellationToken ct)
    {
        if (_postgres is null)
        {
            return null;
        }
        NpgsqlConnection connection = await _postgres.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"LISTEN {channel}", ct);
        return connection;
    }

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
        foreach ((_, DbConnection connection) in _connections)
        {
            await connection.DisposeAsync();
        }
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
