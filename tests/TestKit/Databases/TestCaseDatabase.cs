using Assize.Workflows.Storage;
using Npgsql;

namespace Assize.TestKit.Databases;

/// <summary>An empty case database of one test's own, with the current schema.</summary>
public sealed class TestCaseDatabase : IAsyncDisposable
{
    private readonly TestDatabase _copy;

    private TestCaseDatabase(TestDatabase copy)
    {
        _copy = copy;
        Database = Open(copy);
    }

    /// <summary>What the code under test is given.</summary>
    public CaseDatabase Database { get; }

    public string ConnectionString => _copy.ConnectionString;

    public static async Task<TestCaseDatabase> CreateAsync(DatabaseKind kind) =>
        new(await TestDatabase.CreateAsync(kind, "cases", BuildAsync));

    public CaseDb Context() => Database.CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _copy.DisposeAsync();
    }

    private static CaseDatabase Open(TestDatabase copy) => copy.Kind == DatabaseKind.Sqlite
        ? CaseDatabase.Sqlite(copy.SqlitePath, waitsForDisk: false)
        : CaseDatabase.Postgres(NpgsqlDataSource.Create(copy.ConnectionString));

    private static async Task BuildAsync(TestDatabase template)
    {
        await using var database = Open(template);
        await database.MigrateAsync(CancellationToken.None);
    }
}
