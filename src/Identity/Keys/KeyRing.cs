using System.Security.Cryptography;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Assize.Identity.Keys;

/// <summary>The server's own key pairs: made once, kept in its database, readable only with the protection certificate.</summary>
internal sealed class KeyRing(IDataProtectionProvider protection, TimeProvider clock) : IConfigureOptions<OpenIddictServerOptions>
{
    private const string Signing = "signing";
    private const string Encryption = "encryption";

    private readonly IDataProtector _protector = protection.CreateProtector("Assize.Identity.ServerKey");
    private IReadOnlyList<(string Use, RsaSecurityKey Key)>? _keys;

    public async Task LoadAsync(IdentityDb db, CancellationToken ct)
    {
        await MakeMissingAsync(db, ct);
        List<ServerKey> stored = await db.ServerKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).ToListAsync(ct);
        _keys = [.. stored.Select(key => (key.Use, Open(key)))];
    }

    public void Configure(OpenIddictServerOptions options)
    {
        foreach ((string use, RsaSecurityKey key) in _keys ?? throw new InvalidOperationException("Expected keys to be loaded before the server is used, but they are not."))
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

    // The id is the same whoever makes it, so that of two servers at first start one key wins for both.
    private async Task MakeMissingAsync(IdentityDb db, CancellationToken ct)
    {
        foreach (string use in (string[])[Signing, Encryption])
        {
            if (await db.ServerKeys.AnyAsync(key => key.Use == use, ct))
            {
                continue;
            }
            using RSA pair = RSA.Create(2048);
            db.ServerKeys.Add(new ServerKey
            {
                Id = $"{use}-1",
                Use = use,
                CreatedAt = clock.GetUtcNow(),
                Protected = Convert.ToBase64String(_protector.Protect(pair.ExportPkcs8PrivateKey())),
            });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException) when (db.ServerKeys.AsNoTracking().Any(key => key.Use == use))
            {
                db.ChangeTracker.Clear();
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
}
