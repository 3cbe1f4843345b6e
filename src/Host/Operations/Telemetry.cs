using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Assize.Host.Operations;

public static class Telemetry
{
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
}
