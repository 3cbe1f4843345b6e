using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assize.TestKit.Databases;

/// <summary>A database of one test's own, copied from a template whose schema is built once per process.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<(DatabaseKind, string), string> Templates = [];
    private static readonly Lazy<DirectoryInfo> SqliteFolder = new(CreateSqliteFolder);
    private static int s_number;

    private readonly string _name;

    private TestDatabase(DatabaseKind kind, string name, string connectionString)
    {
        Kind = kind;
        _name = name;
        ConnectionString = connectionString;
    }

    public DatabaseKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary>The file, on SQLite; empty on PostgreSQL.</summary>
    public string SqlitePath => Kind == DatabaseKind.Sqlite ? SqliteFile(_name) : "";

    /// <summary>Gives a fresh database; skips the test where PostgreSQL is wanted and absent.</summary>
    /// <param name="kind">Which of the two.</param>
    /// <param name="schema">The template's name: the same name means the same schema.</param>
    /// <param name="create">Builds the schema in an empty database; runs once per kind and name.</param>
    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind, string schema, Func<TestDatabase, Task> create)
    {
        if (kind == DatabaseKind.Postgres)
        {
            await PostgresServer.SharedAsync();
        }

        await Gate.WaitAsync(TimeSpan.FromMinutes(2));
        try
        {
            if (!Templates.TryGetValue((kind, schema), out var template))
            {
                template = NextName();
                await create(await OpenAsync(kind, template, from: null));
                SqliteConnection.ClearAllPools();
                Templates.Add((kind, schema), template);
            }

            return await OpenAsync(kind, NextName(), template);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>A database with nothing in it.</summary>
    public static Task<TestDatabase> CreateEmptyAsync(DatabaseKind kind) => CreateAsync(kind, "", _ => Task.CompletedTask);

    /// <summary>Points a context at this database.</summary>
    public DbContextOptionsBuilder Configure(DbContextOptionsBuilder options) =>
        Kind == DatabaseKind.Sqlite ? options.UseSqlite(ConnectionString) : options.UseNpgsql(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (Kind == DatabaseKind.Postgres)
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
            await (await PostgresServer.SharedAsync()).ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
            return;
        }

        SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(SqliteFile(_name) + suffix);
        }
    }

    private static async Task<TestDatabase> OpenAsync(DatabaseKind kind, string name, string? from)
    {
        if (kind == DatabaseKind.Postgres)
        {
            var server = await PostgresServer.SharedAsync();
            await server.ExecuteAsync($"CREATE DATABASE {name}" + (from is null ? "" : $" TEMPLATE {from} STRATEGY FILE_COPY"));
            // A template must have no open connection when it is copied, so the one that builds it does not pool.
            return new TestDatabase(kind, name, server.ConnectionString(name, pooling: from is not null));
        }

        if (from is not null && File.Exists(SqliteFile(from)))
        {
            File.Copy(SqliteFile(from), SqliteFile(name));
        }

        return new TestDatabase(kind, name, new SqliteConnectionStringBuilder { DataSource = SqliteFile(name) }.ConnectionString);
    }

    private static string NextName() => $"t{Interlocked.Increment(ref s_number)}";

    private static string SqliteFile(string name) => Path.Combine(SqliteFolder.Value.FullName, name + ".db");

    private static DirectoryInfo CreateSqliteFolder()
    {
        var folder = Directory.CreateTempSubdirectory("assize-sqlite-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }
}
