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
    private volatile Known _known = new(-1, FrozenDictionary<string, Entry>.Empty, FrozenDictionary<string, string>.Empty, FrozenSet<string>.Empty);

    public string? Name => Options.DefaultName;

    public long Version => _known.Version;

    /// <summary>Null where there is no such OpenID provider, or none in use.</summary>
    public OpenIddictClientRegistration? Find(string registrationId) => _known.Entries.GetValueOrDefault(registrationId)?.Registration;

    public IReadOnlyCollection<Entry> Entries => _known.Entries.Values;

    /// <summary>What answers at the upstream's address: the one in use first, then those that are tried.</summary>
    public IEnumerable<OpenIddictClientRegistration> OfUpstream(string upstream) => _known.Entries.Values.Where(entry => entry.Upstream == upstream)
        .Select(entry => entry.Registration).OrderBy(registration => registration.RegistrationId, StringComparer.Ordinal);

    /// <summary>The upstream of an enrolled tenant; null where the tenant is not enrolled, or not in use.</summary>
    public string? UpstreamOfTenant(string tenant) => _known.Tenants.GetValueOrDefault(tenant);

    /// <summary>Whether its tokens are read at all: enrolled, or tried.</summary>
    public bool IsTenantKnown(string tenant) => _known.Tenants.ContainsKey(tenant) || _known.TriedTenants.Contains(tenant);

    /// <summary>Takes over a newer version. Unchanged registrations stay the same objects, and with them what was fetched for them.</summary>
    public void Replace(long version, IEnumerable<Wanted> registrations, IEnumerable<(string Tenant, string Upstream)> tenants, IEnumerable<string> triedTenants)
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
                    ? same : new Entry(wanted.Upstream, wanted.Fingerprint, wanted.Make())).ToFrozenDictionary(entry => entry.Registration.RegistrationId!),
                tenants.ToFrozenDictionary(pair => pair.Tenant, pair => pair.Upstream), triedTenants.ToFrozenSet());
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

    internal sealed record Wanted(string Key, string Upstream, string Fingerprint, Func<OpenIddictClientRegistration> Make);

    internal sealed record Entry(string Upstream, string Fingerprint, OpenIddictClientRegistration Registration);

    private sealed record Known(long Version, FrozenDictionary<string, Entry> Entries, FrozenDictionary<string, string> Tenants, FrozenSet<string> TriedTenants);
}
