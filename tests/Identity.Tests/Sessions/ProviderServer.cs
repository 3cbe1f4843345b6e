using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Sessions;

/// <summary>A server that believes one provider at the upstreams "kent" and "other", and at "tried", which is not in use yet.</summary>
public sealed class ProviderServer : IAsyncLifetime
{
    public const string Issuer = "https://login.kent.example/";
    public const string ClientId = "assize-at-kent";

    private const string Agency = "merseyside-police";

    public RunningServer Server { get; private set; } = null!;

    internal UpstreamKeys Keys { get; } = new();

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(adjust: builder => builder.Services.AddScoped<FindUpstreamTrusts>(_ => (id, _, _) =>
    {
        UpstreamTrust trust = new(Issuer, ClientId, [Keys.Public]);
        return ValueTask.FromResult<IReadOnlyList<UpstreamTrust>>(id switch
        {
            "kent" or "other" => [trust],
            "tried" => [trust with { Ends = (_, _, _) => Task.CompletedTask }],
            _ => [],
        });
    }));

    /// <summary>A new account of the agency, by which the provider's person of that name signs in.</summary>
    public async Task<string> PersonAsync(string providerSubject)
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        Account account = new()
        {
            Subject = $"{providerSubject}@{Agency}",
            Name = providerSubject,
            AgencyId = Agency,
            Status = AccountStatus.Active,
            Provider = UpstreamKind.OpenId,
            ProviderIssuer = Issuer,
            ProviderSubject = providerSubject,
        };
        await scope.ServiceProvider.GetRequiredService<DirectoryWriter>().ChangeAsync(
            unit =>
            {
                unit.Add(account);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        return account.Subject;
    }

    public async Task<string> StartSessionAsync(string subject, string providerSubject, string providerSession, string upstream = "kent")
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        SignedIn who = new(subject, Agency, "1") { Upstream = upstream, UpstreamSubject = providerSubject, UpstreamSession = providerSession };
        return (await scope.ServiceProvider.GetRequiredService<SessionRegister>().StartAsync(who, null, TestContext.Current.CancellationToken)).Id;
    }

    public async Task<bool> IsLiveAsync(string sid)
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SessionRegister>().LiveAsync(sid, TestContext.Current.CancellationToken) is not null;
    }

    public async Task<T> ReadAsync<T>(Func<IdentityDb, Task<T>> read)
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Keys.Dispose();
    }
}
