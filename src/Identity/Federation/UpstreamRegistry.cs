using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenIddict.Client;
using OpenIddict.Server;

namespace Assize.Identity.Federation;

/// <summary>The upstreams as this process knows them, a version at a time, without a restart.</summary>
internal sealed class UpstreamRegistry(IOptionsMonitor<OpenIddictServerOptions> server)
    : IConfigureOptions<OpenIddictClientOptions>, IOptionsChangeTokenSource<OpenIddictClientOptions>, IDisposable
{
    private readonly Lock _replacing = new();
    private CancellationTokenSource _changed = new();
    private volatile Known _known = new(-1, FrozenDictionary<string, Entry>.Empty, FrozenDictionary<string, string>.Empty);

    public string? Name => Options.DefaultName;

    public long Version => _known.Version;

    /// <summary>Null where there is no such OpenID provider, or none in use.</summary>
    public OpenIddictClientRegistration? Find(string registrationId) => _known.Entries.GetValueOrDefault(registrationId)?.Registration;

    public IReadOnlyCollection<Entry> Entries => _known.Entries.Values;

    /// <summary>The upstream of an enrolled tenant; null where the tenant is not enrolled, or not in use.</summary>
    public string? UpstreamOfTenant(string tenant) => _known.Tenants.GetValueOrDefault(tenant);

    /// <summary>Takes over a newer version. Unchanged registrations stay the same objects, and with them what was fetched for them.</summary>
    public void Replace(long version, IEnumerable<(string Key, string Fingerprint, Func<OpenIddictClientRegistration> Make)> registrations, IEnumerable<(string Tenant, string Upstream)> tenants)
    {
        CancellationTokenSource before;
        lock (_replacing)
        {
            if (version < _known.Version)
            {
                return;
            }
            FrozenDictionary<string, Entry> old = _known.Entries;
            _known = new Known(version,
                registrations.Select(wanted => old.GetValueOrDefault(wanted.Key) is { } same && same.Fingerprint == wanted.Fingerprint
                    ? same : new Entry(wanted.Fingerprint, wanted.Make())).ToFrozenDictionary(entry => entry.Registration.RegistrationId!),
                tenants.ToFrozenDictionary(pair => pair.Tenant, pair => pair.Upstream));
            (before, _changed) = (_changed, new CancellationTokenSource());
        }
        before.Cancel();
        before.Dispose();
    }

    public void Configure(OpenIddictClientOptions options)
    {
        // States are sealed with the server's own keys, so they rotate with them.
        options.EncryptionCredentials.AddRange(server.CurrentValue.EncryptionCredentials);
        options.SigningCredentials.AddRange(server.CurrentValue.SigningCredentials);
        options.Registrations.AddRange(_known.Entries.Values.Select(entry => entry.Registration));
    }

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    public void Dispose() => _changed.Dispose();

    internal sealed record Entry(string Fingerprint, OpenIddictClientRegistration Registration);

    private sealed record Known(long Version, FrozenDictionary<string, Entry> Entries, FrozenDictionary<string, string> Tenants);
}
