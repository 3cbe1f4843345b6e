using System.Net;
using System.Net.Sockets;
using Assize.Host.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Host.Tests.Operations;

public sealed class MetricsTests
{
    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("10.1.0.0/16, 127.0.0.1, ::1", HttpStatusCode.OK)]
    [InlineData("10.1.0.0/16", HttpStatusCode.NotFound)]
    public async Task Metrics_AreReadByThisMachine_OrByWhomTheOperatorNames(string? readers, HttpStatusCode status)
    {
        var folder = Directory.CreateTempSubdirectory("assize-metrics-");
        var settings = HostSettings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ASSIZE_HOST_URL"] = $"http://localhost:{FreePort()}",
            ["ASSIZE_DATA"] = folder.FullName,
            ["ASSIZE_DEPLOYMENT"] = "Demonstration",
            ["ASSIZE_METRICS_READERS"] = readers,
        }).Build());
        var builder = HostApplication.Prepare([], settings);
        builder.Logging.ClearProviders();
        builder.Services.RemoveAll<IHostedService>();
        await using var host = HostApplication.Compose(builder);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = settings.HostUrl };

        using var answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        await host.StopAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
