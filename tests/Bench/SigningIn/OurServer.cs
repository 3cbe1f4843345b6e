using Assize.Identity;
using Assize.TestKit.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Assize.Bench.SigningIn;

/// <summary>The identity server as a demonstration has it, without its limits of pace.</summary>
internal sealed class OurServer : IAsyncDisposable
{
    public const string Client = "assize-demonstration";

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly TestDatabase? _database;

    private OurServer(DirectoryInfo folder, WebApplication app, TestDatabase? database, Uri url) => (_folder, _app, _database, Url) = (folder, app, database, url);

    public Uri Url { get; }

    public static async Task<OurServer> StartAsync(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("assize-bench-");
        var database = kind == DatabaseKind.Postgres ? await TestDatabase.CreateEmptyAsync(kind) : null;
        Uri url = new($"http://127.0.0.1:{BareServer.FreePort()}");
        var app = IdentityServer.Build(
            new IdentitySettings
            {
                Url = url,
                HostUrl = new Uri("http://127.0.0.1:5080"),
                DataFolder = folder.FullName,
                Database = database?.ConnectionString,
                Deployment = Deployment.Demonstration,
                RequestsPerTenSeconds = 10_000_000,
                RequestsPerSubject = 10_000_000,
            },
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new OurServer(folder, app, database, url);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
