using Assize.Audit;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Workflows.Audit;

/// <summary>Every hour each stream with new records gets a signed root, for its own agency and for one other as witness.</summary>
public sealed class AuditRoots(CaseDatabase database, AuditKeys keys, AuditSettings settings, TimeProvider clock)
{
    /// <summary>Makes the roots that are due, at once where the one before was made by a clock that was ahead; gives how many.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset due = now - settings.RootsEvery;
        await using CaseDb db = database.CreateDbContext();
        List<string> streams = await db.Set<AuditStream>().Where(x => x.Sequence > x.RootedTo && (x.RootedAt == null || x.RootedAt <= due || x.RootedAt > now))
            .Select(x => x.Id).OrderBy(x => x).ToListAsync(ct);
        foreach (string stream in streams)
        {
            await MakeAsync(stream, now, ct);
        }
        return streams.Count;
    }

    /// <summary>The roots of a stream with their keys, for its agency; or those that one witness keeps.</summary>
    public async Task<string> FileAsync(string stream, string? witness, CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        List<AuditRoot> roots = await db.Set<AuditRoot>().AsNoTracking().Where(x => x.Stream == stream && (witness == null || x.Witness == witness)).OrderBy(x => x.ToSequence).ToListAsync(ct);
        List<AuditKey> known = await db.Set<AuditKey>().AsNoTracking().OrderBy(x => x.CreatedAt).ToListAsync(ct);
        return ExportFormat.RootFile(roots, known);
    }

    private async Task MakeAsync(string id, DateTimeOffset now, CancellationToken ct)
    {
        SigningKey key = await keys.GetAsync(ct);
        await using CaseDb db = database.CreateDbContext();
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        AuditStream stream = await AuditSealer.LockAsync(db, id, ct);
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
            Statement.Root, id, stream.RootedTo + 1, stream.Sequence, stream.Hash, tree.Root(), stream.RootDigest, await WitnessAsync(db, id, ct), now, "", "").Signed(key);
        db.Add(new AuditRoot { Stream = id, ToSequence = root.To, Witness = root.Witness, At = now, Text = root.ToJson() });
        (stream.RootedTo, stream.RootDigest, stream.RootedAt) = (root.To, root.Digest(), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    // A ring: each active agency witnesses the one before it, so nobody chooses their witness.
    private static async Task<string> WitnessAsync(CaseDb db, string stream, CancellationToken ct)
    {
        List<string> agencies = await db.Set<Agency>().Where(x => x.Status == DirectoryStatus.Active && x.Id != stream).Select(x => x.Id).ToListAsync(ct);
        agencies.Sort(StringComparer.Ordinal);
        return agencies.Find(x => string.CompareOrdinal(x, stream) > 0) ?? agencies.FirstOrDefault() ?? "";
    }
}
