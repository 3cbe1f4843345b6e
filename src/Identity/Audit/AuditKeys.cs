using Assize.Audit;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Audit;

/// <summary>The key that this server signs roots with: kept in the database, encrypted with a secret that is not.</summary>
public sealed class AuditKeys(IdentitySettings settings, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SigningKey? _key;

    public async Task<SigningKey> GetAsync(IdentityDb db, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return _key ??= await LoadAsync(db, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _key?.Dispose();
        _gate.Dispose();
    }

    private async Task<SigningKey> LoadAsync(IdentityDb db, CancellationToken ct)
    {
        string secret = SecretFile.ReadOrMake(settings.AuditSecret ?? Path.Combine(settings.DataFolder, "identity-audit-secret"));
        foreach (AuditKey known in await db.Set<AuditKey>().AsNoTracking().OrderByDescending(x => x.CreatedAt).ToListAsync(ct))
        {
            if (SigningKey.TryOpen(known.PrivateKey, secret) is { } key)
            {
                return key;
            }
        }
        SigningKey made = SigningKey.Make();
        db.Add(new AuditKey { Id = made.Id, PublicKey = made.PublicKey, PrivateKey = made.Export(secret), CreatedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        return made;
    }
}
