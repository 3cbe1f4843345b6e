using System.Net;
using System.Net.Sockets;
using Assize.Host.Operations;
using Assize.TestKit.Databases;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Assize.Host.Tests;

public sealed class PostgresHostTests
{
    [Fact]
    public async Task TwoHosts_OnOneEmptyDatabase_StartAndAreReady_WithJobsClusteredInIt()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseKind.Postgres);

        for (var number = 0; number < 2; number++)
        {
            var folder = Directory.CreateTempSubdirectory("assize-host-pg-");
            var builder = HostApplication.Prepare([], Settings(database.ConnectionString, folder.FullName));
            builder.Logging.ClearProviders();
            await using var host = HostApplication.Compose(builder);
            await Preparation.RunAsync(host.Services, TestContext.Current.CancellationToken);
            await host.StartAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
            using var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            await host.StopAsync(TestContext.Current.CancellationToken);
            folder.Delete(recursive: true);
        }

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var jobs = new NpgsqlCommand("SELECT count(*) FROM qrtz_triggers", connection);
        Assert.Equal(9L, await jobs.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static HostSettings Settings(string connection, string folder) => new()
    {
        HostUrl = new Uri($"http://localhost:{FreePort()}"),
        IdentityUrl = new Uri("http://localhost:1"),
        Database = connection,
        DataFolder = folder,
        IsDemonstration = true,
        EmbedIdentity = false,
        DefinitionsFolder = Path.Combine(AppContext.BaseDirectory, "definitions"),
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
