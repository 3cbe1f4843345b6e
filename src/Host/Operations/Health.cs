using Assize.Engine.Storage;
using Assize.Host.Operations.Storage;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Assize.Host.Operations;

public static class Health
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<InvariantCheck>();
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready])
            // What must not be does not stop the host: it is shown as degraded and written to the log.
            .AddCheck<InvariantCheck>("invariants", failureStatus: HealthStatus.Degraded, tags: [Ready]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync })
            .AllowAnonymous();
    }

    // Names and states only: what an exception says is for the log.
    private static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
    });

    private sealed class DatabaseCheck(HostDb db) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }

    // It reads whole tables and anybody may ask, so an answer is kept for a minute.
    private sealed class InvariantCheck(CaseDatabase database, TimeProvider clock) : IHealthCheck
    {
        private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

        private (long At, HealthCheckResult Result)? _last;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (_last is not { } last || clock.GetElapsedTime(last.At) > KeptFor)
            {
                await using CaseDb db = database.CreateDbContext();
                IReadOnlyList<string> found = await InvariantChecker.CheckAsync(db, cancellationToken);
                last = (clock.GetTimestamp(), found.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", found)));
                _last = last;
            }
            return last.Result;
        }
    }
}
