using Assize.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Audit;

/// <summary>The key that this host signs with: kept in the database, encrypted with a secret that is not.</summary>
public sealed class AuditKeys(CaseDatabase database, AuditSettings settings, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SigningKey? _key;

    public async Task<SigningKey> GetAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return _key ??= await LoadAsync(ct);
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

    // A host with another secret makes a key of its own; every root names the one that signed it.
    private async Task<SigningKey> LoadAsync(CancellationToken ct)
    {
        string secret = SecretFile.ReadOrMake(settings.SecretFile);
        await using CaseDb db = database.CreateDbContext();
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

/// <param name="SecretFile">Where the secret lies that encrypts the signing key.</param>
/// <param name="RootsEvery">How often a stream with new records gets a signed root.</param>
public sealed record AuditSettings(string SecretFile, TimeSpan RootsEvery);
