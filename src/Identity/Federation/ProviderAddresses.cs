using Assize.Identity.Federation.Entra;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using OpenIddict.Client;

namespace Assize.Identity.Federation;

/// <summary>What a provider's metadata says of signing out there.</summary>
internal sealed class ProviderAddresses(UpstreamRegistry registry, OpenIddictClientService client, IOptionsMonitor<OpenIdConnectOptions> entra)
{
    /// <summary>Null where it has no page for that, is not in use, or does not answer: that must not hold up anybody's sign-out here.</summary>
    public async Task<Uri?> SignOutAsync(Upstream upstream, CancellationToken ct)
    {
        try
        {
            return upstream.Kind == UpstreamKind.Entra ? await OfTenantAsync(upstream.Issuer, ct) : await OfProviderAsync(Registrations.LiveKey(upstream.Id), ct);
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Uri?> OfProviderAsync(string key, CancellationToken ct) =>
        registry.Find(key) is null ? null : (await client.GetServerConfigurationByRegistrationIdAsync(key, ct)).EndSessionEndpoint;

    private async Task<Uri?> OfTenantAsync(string tenant, CancellationToken ct) => registry.UpstreamOfTenant(tenant) is not null
        && (await entra.Get(EntraSetup.Scheme).ConfigurationManager!.GetConfigurationAsync(ct)).EndSessionEndpoint is { } page
            ? new Uri(EntraArrival.OwnPage(page, tenant)) : null;
}
