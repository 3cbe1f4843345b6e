using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Assize.Host.Operations;

public static class Telemetry
{
    private const string Metrics = "/metrics";

    /// <summary>Meters and sources of the engine and of the workflows are named after their project.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("assize-host"))
            .WithMetrics(metrics => metrics
                .AddMeter("Assize.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql")
                .AddPrometheusExporter())
            .WithTracing(traces => traces.AddSource("Assize.*", "Npgsql").AddAspNetCoreInstrumentation());
        return services;
    }

    /// <summary>Counts tell a stranger how much goes on: only those named by the operator read them, and to others there is nothing there.</summary>
    public static void MapMetrics(this WebApplication app, HostSettings settings)
    {
        app.MapPrometheusScrapingEndpoint(Metrics).AllowAnonymous().Add(endpoint =>
        {
            var scrape = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => MayRead(settings, http.Connection.RemoteIpAddress) ? scrape(http) : RefuseAsync(http);
        });
    }

    private static bool MayRead(HostSettings settings, IPAddress? reader) =>
        reader is not null && settings.MetricsReaders.Any(network => network.Contains(reader.IsIPv4MappedToIPv6 ? reader.MapToIPv4() : reader));

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
