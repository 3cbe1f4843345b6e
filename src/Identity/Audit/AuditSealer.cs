using Assize.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Identity.Audit;

/// <summary>Numbers and chains what was committed, one stream at a time, and signs the roots that are due.</summary>
public sealed class AuditSealer(IdentityDb db, AuditKeys keys, IdentitySettings settings, TimeProvider clock)
{
    private const int Batch = 500;

    public async Task<int> SealAsync(CancellationToken ct)
    {
        int all = 0;
        foreach (string stream in await db.Set<AuditEntry>().Where(x => x.Sequence == null).Select(x => x.Agency).Distinct().ToListAsync(ct))
        {
            int taken;
            do
            {
                all += taken = await SealAsync(stream, ct);
            }
            while (taken == Batch);
        }
        return all;
    }

    public async Task<int> SignAsync(CancellationToken ct)
    {
        DateTimeOffset now = DirectoryWriter.Microseconds(clock.GetUtcNow());
        DateTimeOffset due = now - settings.AuditRootsEvery;
        List<string> streams = await db.Set<AuditStream>().AsNoTracking()
            .Where(x => x.Sequence > x.RootedTo && (x.RootedAt == null || x.RootedAt <= due || x.RootedAt > now)).Select(x => x.Id).ToListAsync(ct);
        foreach (string stream in streams)
        {
            await SignAsync(stream, now, ct);
        }
        return streams.Count;
    }

    // By what is not sealed, never by how far sealing got: a record that commits late takes the next number.
    private async Task<int> SealAsync(string id, CancellationToken ct)
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        AuditStream stream = await LockAsync(id, ct);
        List<AuditEntry> entries = await db.Set<AuditEntry>().Where(x => x.Agency == id && x.Sequence == null)
            .OrderBy(x => x.At).ThenBy(x => x.Id).Take(Batch).ToListAsync(ct);
        Chain.Seal(stream, entries);
        await SaveAsync(transaction, ct);
        return entries.Count;
    }

    private async Task SignAsync(string id, DateTimeOffset now, CancellationToken ct)
    {
        SigningKey key = await keys.GetAsync(db, ct);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        AuditStream stream = await LockAsync(id, ct);
        if (stream.Sequence == stream.RootedTo)
        {
            return;
        }
        MerkleTree tree = new();
        await foreach (AuditEntry entry in db.Set<AuditEntry>().AsNoTracking()
            .Where(x => x.Agency == id && x.Sequence > stream.RootedTo && x.Sequence <= stream.Sequence).OrderBy(x => x.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            tree.Add(Chain.Record(entry));
        }
        Statement root = new Statement(
            Statement.Root, id, stream.RootedTo + 1, stream.Sequence, stream.Hash, tree.Root(), stream.RootDigest, await WitnessAsync(id, ct), now, "", "").Signed(key);
        db.Add(new AuditRoot { Stream = id, ToSequence = root.To, Witness = root.Witness, At = now, Text = root.ToJson() });
        (stream.RootedTo, stream.RootDigest, stream.RootedAt) = (root.To, root.Digest(), now);
        await SaveAsync(transaction, ct);
    }

    /// <summary>Two sealers of one stream take turns on its row.</summary>
    private async Task<AuditStream> LockAsync(string id, CancellationToken ct)
    {
        string genesis = Chain.Genesis(id);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO audit_stream ("Id", "Sequence", "Hash", "RootedTo", "RootDigest") VALUES ({id}, 0, {genesis}, 0, '') ON CONFLICT ("Id") DO UPDATE SET "Id" = excluded."Id"
            """, ct);
        return await db.Set<AuditStream>().SingleAsync(x => x.Id == id, ct);
    }

    private async Task SaveAsync(IDbContextTransaction transaction, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
    }

    // A ring: each active agency witnesses the one before it, so nobody chooses their witness.
    private async Task<string> WitnessAsync(string stream, CancellationToken ct)
    {
        List<string> agencies = await db.Agencies.Where(x => x.Status == AccountStatus.Active && x.Id != stream).Select(x => x.Id).ToListAsync(ct);
        agencies.Sort(StringComparer.Ordinal);
        return agencies.Find(x => string.CompareOrdinal(x, stream) > 0) ?? agencies.FirstOrDefault() ?? "";
    }
}
