using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Seeding;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Clients;

/// <summary>Registers the clients that a deployment begins with, and keeps them as this build wants them.</summary>
internal sealed class ClientRegistrar(IOpenIddictApplicationManager applications, IdentityDb db, IdentitySettings settings, TimeProvider clock)
{
    /// <summary>Host signs in with a key of its own, whose public half is all that is known here. Without one, what was registered before stays.</summary>
    public async Task RegisterHostAsync(CancellationToken ct)
    {
        if (settings.HostClientKeys is not { } keys)
        {
            return;
        }
        OpenIddictApplicationDescriptor host = new()
        {
            ClientId = ClientNames.Host,
            JsonWebKeySet = JsonWebKeySet.Create(keys),
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = "Assize",
            RedirectUris = { new Uri(settings.HostUrl, "/signin/callback") },
            PostLogoutRedirectUris = { new Uri(settings.HostUrl, "/signout/done") },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange, Requirements.Features.PushedAuthorizationRequests },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token,
                Permissions.Endpoints.Introspection, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.ClientCredentials, Permissions.GrantTypes.TokenExchange,
                Permissions.ResponseTypes.Code, Permissions.Prefixes.Audience + ClientNames.Administration,
                Permissions.Prefixes.Scope + ClientNames.ApiScope, Permissions.Prefixes.Scope + ClientNames.DirectoryScope,
            },
        };
        host.Properties[ClientLogout.Property] = JsonSerializer.SerializeToElement(new Uri(settings.HostUrl, "/signout/backchannel").AbsoluteUri);
        await SaveAsync(host, ct);
    }

    public async Task RegisterDemonstrationAsync(CancellationToken ct)
    {
        await SaveAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientNames.DemonstrationPeople,
            ClientType = ClientTypes.Public,
            ApplicationType = ApplicationTypes.Native,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = "Scripts of the demonstration",
            RedirectUris = { new Uri("http://127.0.0.1/callback"), new Uri("http://localhost/callback") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Prefixes.Scope + ClientNames.ApiScope,
            },
        }, ct);
        foreach (DemonstrationSystem system in DemonstrationPeople.Systems)
        {
            await SaveAsync(system, ct);
        }
    }

    // Only its secret is the file's: what an administrator made of the system stays, and one that was retired does not come back.
    private async Task SaveAsync(DemonstrationSystem system, CancellationToken ct)
    {
        OpenIddictApplicationDescriptor wanted = SystemClients.Describe(system.ClientId, system.Name);
        wanted.ClientSecret = ClientFile.ReadOrCreate(settings.DataFolder, system.FileName, system.ClientId).ClientSecret;
        if (await applications.FindByClientIdAsync(system.ClientId, ct) is not { } known)
        {
            if (await db.Accounts.AnyAsync(account => account.Subject == system.ClientId && account.Status != AccountStatus.Left, ct))
            {
                await applications.CreateAsync(wanted, ct);
            }
            return;
        }
        if (!await applications.ValidateClientSecretAsync(known, wanted.ClientSecret, ct))
        {
            OpenIddictApplicationDescriptor kept = new();
            await applications.PopulateAsync(kept, known, ct);
            kept.ClientSecret = wanted.ClientSecret;
            await applications.UpdateAsync(known, kept, ct);
        }
    }

    // A secret is stored as a slow hash, so it is written only where it is new.
    private async Task SaveAsync(OpenIddictApplicationDescriptor wanted, CancellationToken ct)
    {
        if (await applications.FindByClientIdAsync(wanted.ClientId!, ct) is not { } known)
        {
            await applications.CreateAsync(wanted, ct);
            return;
        }
        OpenIddictApplicationDescriptor kept = new();
        await applications.PopulateAsync(kept, known, ct);
        bool sameSecret = wanted.ClientSecret is null || await applications.ValidateClientSecretAsync(known, wanted.ClientSecret, ct);
        if (sameSecret && SameKeys(kept, wanted) && SameProperties(kept, wanted) && kept.Requirements.SetEquals(wanted.Requirements) && kept.Permissions.SetEquals(wanted.Permissions) && kept.RedirectUris.SetEquals(wanted.RedirectUris)
            && kept.PostLogoutRedirectUris.SetEquals(wanted.PostLogoutRedirectUris) && kept.DisplayName == wanted.DisplayName)
        {
            return;
        }
        RecordKeys(kept, wanted);
        await applications.UpdateAsync(known, wanted, ct);
    }

    // Saved with the client: both are of one context.
    private void RecordKeys(OpenIddictApplicationDescriptor kept, OpenIddictApplicationDescriptor wanted)
    {
        string[] before = Kids(kept), after = Kids(wanted);
        if (!before.SequenceEqual(after))
        {
            AuditLog.Record(db, clock.GetUtcNow(), AuditActor.Server, "client.keys", "client", wanted.ClientId!,
                JsonSerializer.Serialize(new { added = after.Except(before), removed = before.Except(after) }));
        }
    }

    private static bool SameKeys(OpenIddictApplicationDescriptor kept, OpenIddictApplicationDescriptor wanted) =>
        Kids(kept).SequenceEqual(Kids(wanted));

    private static string[] Kids(OpenIddictApplicationDescriptor client) => [.. (client.JsonWebKeySet?.Keys ?? []).Select(key => key.Kid)];

    private static bool SameProperties(OpenIddictApplicationDescriptor kept, OpenIddictApplicationDescriptor wanted) =>
        wanted.Properties.All(property => kept.Properties.TryGetValue(property.Key, out JsonElement value) && JsonElement.DeepEquals(value, property.Value));
}
