using System.Collections.Immutable;
using System.Security.Cryptography;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace Assize.Identity.Keys;

/// <summary>The server's own key pairs as this process knows them, kept in its database and readable only with the protection certificate.</summary>
internal sealed class KeyRing(
    IDataProtectionProvider protection, TimeProvider clock, KeyChange<OpenIddictServerOptions> server, KeyChange<OpenIddictValidationOptions> validation)
    : IConfigureOptions<OpenIddictServerOptions>
{
    public const string Purpose = "Assize.Identity.ServerKey";
    private const string Signing = "signing";
    private const string Encryption = "encryption";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);
    private volatile ImmutableList<Known>? _keys;

    public static IReadOnlyList<string> Uses { get; } = [Signing, Encryption];

    /// <summary>What logout tokens are signed with, too.</summary>
    public SigningCredentials Signer => new(Keys.First(key => key.Use == Signing).Key, SecurityAlgorithms.RsaSha256);

    private ImmutableList<Known> Keys => _keys ?? throw new InvalidOperationException("Expected keys to be loaded before the server is used, but they are not.");

    /// <summary>Takes over what the database holds. Requests under way go on with the keys that they began with.</summary>
    public async Task LoadAsync(IdentityDb db, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<ServerKey> stored = await db.ServerKeys.AsNoTracking().ToListAsync(ct);

        // The first of a use signs: the newest that is active already. Those to come are only published.
        ImmutableList<Known> known = [.. stored
            .OrderBy(key => (key.ActiveFrom ?? key.CreatedAt) > now).ThenByDescending(key => key.ActiveFrom ?? key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)
            .Select(key => _keys?.Find(same => same.Key.KeyId == key.Id) ?? new Known(key.Use, Open(key)))];
        bool first = _keys is null;
        if (_keys is not null && _keys.Select(key => key.Key.KeyId).SequenceEqual(known.Select(key => key.Key.KeyId)))
        {
            return;
        }
        _keys = known;
        if (!first)
        {
            // The server's first: what validates copies its keys from there.
            server.Fire();
            validation.Fire();
        }
    }

    public void Configure(OpenIddictServerOptions options)
    {
        foreach ((string use, RsaSecurityKey key) in Keys)
        {
            if (use == Signing)
            {
                options.SigningCredentials.Add(new SigningCredentials(key, SecurityAlgorithms.RsaSha256));
            }
            else
            {
                options.EncryptionCredentials.Add(new EncryptingCredentials(key, SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes256CbcHmacSha512));
            }
        }
    }

    private RsaSecurityKey Open(ServerKey stored)
    {
        try
        {
            RSA pair = RSA.Create();
            pair.ImportPkcs8PrivateKey(_protector.Unprotect(Convert.FromBase64String(stored.Protected)), out _);
            return new RsaSecurityKey(pair) { KeyId = stored.Id };
        }
        catch (CryptographicException unreadable)
        {
            throw new InvalidOperationException(
                $"Expected the protection certificate that the key {stored.Id} was stored with, but this one does not open it. "
                + "Restore identity-protection.pfx in the data folder, or set ASSIZE_IDENTITY_CERTIFICATE.", unreadable);
        }
    }

    private sealed record Known(string Use, RsaSecurityKey Key);
}
