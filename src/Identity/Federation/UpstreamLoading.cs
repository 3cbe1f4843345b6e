using Assize.Identity.Federation.Enrolment;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Client;
using OpenIddict.Server;
using Quartz;

namespace Assize.Identity.Federation;

/// <summary>Brings the registry to the database's version: at start, after a change here, and every two seconds for changes elsewhere.</summary>
internal sealed class UpstreamLoading(
    IServiceScopeFactory scopes, UpstreamRegistry registry, Registrations registrations,
    IOptionsMonitor<OpenIddictServerOptions> server, IOptionsMonitorCache<OpenIddictClientOptions> clientOptions) : IHostedLifecycleService, IDisposable
{
    private IDisposable? _following;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        _following = server.OnChange(_ => clientOptions.Clear());
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        long version = await db.UpstreamStates.AsNoTracking().Select(state => (long?)state.Version).SingleOrDefaultAsync(ct) ?? 0;
        if (version == registry.Version)
        {
            return;
        }
        List<Upstream> rows = await db.Upstreams.AsNoTracking().Where(row => row.Status == UpstreamStatus.Active).ToListAsync(ct);
        List<UpstreamEnrolment> tried = await db.UpstreamEnrolments.AsNoTracking().Where(row => row.Stage == EnrolmentStage.Checked).ToListAsync(ct);
        registry.Replace(version,
            [
                .. rows.Where(row => row.Kind == UpstreamKind.OpenId).Select(row => Wanted(Registrations.LiveKey(row.Id), row)),
                .. tried.Where(row => row.Kind == UpstreamKind.OpenId).Select(row => Wanted(Registrations.TestKey(row.Id), row.Upstream())),
            ],
            rows.Where(row => row.Kind == UpstreamKind.Entra).Select(row => (row.Issuer, row.Id)),
            tried.Where(row => row.Kind == UpstreamKind.Entra).Select(row => row.Issuer));
    }

    private UpstreamRegistry.Wanted Wanted(string key, Upstream row) => new(key, row.Id, Registrations.Fingerprint(row), () => registrations.Make(key, row));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _following?.Dispose();
}

[DisallowConcurrentExecution]
internal sealed class UpstreamPoll(UpstreamLoading loading) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await loading.RefreshAsync(cancellationToken);
}
