using System.Security.Cryptography;
using System.Text.Json;
using Assize.Identity.Connect;
using Assize.Identity.Directory;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Clients;

/// <summary>What the protocol knows of agencies' systems: each is a client that may ask for a token of its own for the API, and nothing else.</summary>
internal sealed class SystemClients(IOpenIddictApplicationManager applications, IOpenIddictTokenManager tokens)
{
    /// <summary>What every system may do.</summary>
    public static OpenIddictApplicationDescriptor Describe(string id, string name) => new()
    {
        ClientId = id,
        ClientType = ClientTypes.Confidential,
        DisplayName = name,
        Permissions =
        {
            Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials,
            Permissions.Prefixes.Scope + ClientNames.ApiScope,
        },
    };

    /// <summary>Makes the client. Until it has a key it can prove nothing.</summary>
    public async Task AddAsync(Account system, bool bound, CancellationToken ct)
    {
        OpenIddictApplicationDescriptor client = Describe(system.Subject, system.Name);
        client.JsonWebKeySet = Set([]);
        client.Properties[Certificates.BoundOnly] = JsonSerializer.SerializeToElement(bound);
        await applications.CreateAsync(client, ct);
    }

    /// <summary>These keys and no others from now on.</summary>
    public Task KeepAsync(Account system, IEnumerable<SystemKey> keys, CancellationToken ct) => ChangeAsync(
        system.Subject, client => client.JsonWebKeySet = Set([.. keys.Select(key => key.Jwk)]), ct);

    public Task NameAsync(Account system, bool bound, CancellationToken ct) => ChangeAsync(
        system.Subject,
        client =>
        {
            client.DisplayName = system.Name;
            client.Properties[Certificates.BoundOnly] = JsonSerializer.SerializeToElement(bound);
        },
        ct);

    /// <summary>Whatever it was given so far opens nothing any more.</summary>
    public ValueTask<long> RevokeAsync(Account system, CancellationToken ct) => tokens.RevokeBySubjectAsync(system.Subject, ct);

    /// <summary>The client goes, with everything by which it could prove itself.</summary>
    public async Task RemoveAsync(Account system, CancellationToken ct)
    {
        if (await applications.FindByClientIdAsync(system.Subject, ct) is { } known)
        {
            await applications.DeleteAsync(known, ct);
        }
    }

    // A client cannot be without keys, so that one without has a key of which nobody has the other half.
    private static JsonWebKeySet Set(string[] keys)
    {
        using ECDsa forgotten = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return JsonWebKeySet.Create($$"""{"keys":[{{(keys.Length > 0 ? string.Join(',', keys) : PublishedKey.Read(forgotten.ExportSubjectPublicKeyInfoPem()).Key!.Jwk)}}]}""");
    }

    private async Task ChangeAsync(string id, Action<OpenIddictApplicationDescriptor> change, CancellationToken ct)
    {
        object known = await applications.FindByClientIdAsync(id, ct) ?? throw new InvalidOperationException($"Expected the system “{id}” to have a client, but it has none.");
        OpenIddictApplicationDescriptor client = new();
        await applications.PopulateAsync(client, known, ct);
        change(client);
        await applications.UpdateAsync(known, client, ct);
    }
}
