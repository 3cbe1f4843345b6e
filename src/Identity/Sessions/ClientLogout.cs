using System.Text.Json;
using OpenIddict.Abstractions;

namespace Assize.Identity.Sessions;

/// <summary>Where a client wants to be told that a session has ended (OpenID Connect Back-Channel Logout).</summary>
internal sealed class ClientLogout(IOpenIddictApplicationManager applications)
{
    public const string Property = "backchannel_logout_uri";

    public async Task<string?> AddressAsync(string client, CancellationToken ct) =>
        await applications.FindByClientIdAsync(client, ct) is { } application
        && (await applications.GetPropertiesAsync(application, ct)).TryGetValue(Property, out JsonElement address)
            ? address.GetString()
            : null;
}
