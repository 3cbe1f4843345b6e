using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Journey;

/// <summary>A case database with the published definitions and people, durable as in production, and the commands on it.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DirectoryInfo? _folder;

    private BenchDatabase(string name, string connectionString, ServiceProvider services, DirectoryInfo? folder) =>
        (Name, ConnectionString, _services, _folder) = (name, connectionString, services, folder);

    public string Name { get; }

    public string ConnectionString { get; }

    public IServiceProvider Services => _services;

    public CaseDatabase Database => _services.GetRequiredService<CaseDatabase>();

    /// <param name="server">Null for an SQLite file.</param>
    /// <param name="waitsForDisk">SQLite: as the product does; without it, commits are as durable as the floor's.</param>
    /// <param name="watch">Puts something between the commands and what decides about access.</param>
    public static async Task<BenchDatabase> CreateAsync(PostgresServer? server, string name, bool waitsForDisk = false, Func<IAccessEvaluator, IAccessEvaluator>? watch = null)
    {
        DirectoryInfo? folder = null;
        string connectionString;
        if (server is null)
        {
            folder = Directory.CreateTempSubdirectory("assize-bench-");
            connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, name + ".db") }.ConnectionString;
        }
        else
        {
            await server.ExecuteAsync($"CREATE DATABASE {name}");
            connectionString = server.ConnectionString(name);
        }

        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(watch?.Invoke(new AccessEvaluator(TimeProvider.System)) ?? new AccessEvaluator(TimeProvider.System))
            .AddWorkflows(() => server is null ? CaseDatabase.Sqlite(Path.Combine(folder!.FullName, name + ".db"), waitsForDisk) : CaseDatabase.Open(connectionString, ""))
            .AddAudit(new AuditSettings(Path.Combine(folder?.FullName ?? Path.GetTempPath(), $"{name}.audit-secret"), TimeSpan.FromHours(1)))
            .BuildServiceProvider();
        var database = new BenchDatabase(name, connectionString, services, folder);
        await using var db = database.Database.CreateDbContext();
        await database.Database.MigrateAsync(CancellationToken.None);
        var published = await services.GetRequiredService<PublishDefinitions>()
            .RunAsync(db, DefinitionFiles.Read(Repository.PathOf("definitions")), "bench", Product.Start, CancellationToken.None);
        if (published.Problems.Count > 0)
        {
            throw new InvalidOperationException($"Expected the definitions to be published, but {published.Problems[0]}.");
        }

        await BenchPeople.WriteAsync(db);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder?.Delete(recursive: true);
    }
}
