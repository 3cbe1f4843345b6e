using Assize.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Workflows.Audit;

/// <summary>Numbers and chains what was committed, one stream at a time. No command ever waits for it.</summary>
public sealed class AuditSealer(CaseDatabase database)
{
    private const int Batch = 500;

    /// <summary>Seals everything that is committed now; gives how many records that was.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        int all = 0;
        foreach (string stream in await WaitingAsync(ct))
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

    private async Task<List<string>> WaitingAsync(CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        return await db.Set<AuditEntry>().Where(x => x.Sequence == null).Select(x => x.Agency).Distinct().OrderBy(x => x).ToListAsync(ct);
    }

    // By what is not sealed, never by how far sealing got: a record that commits late takes the next number.
    private async Task<int> SealAsync(string id, CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        AuditStream stream = await LockAsync(db, id, ct);
        List<AuditEntry> entries = await db.Set<AuditEntry>().Where(x => x.Agency == id && x.Sequence == null)
            .OrderBy(x => x.At).ThenBy(x => x.Id).Take(Batch).ToListAsync(ct);
        Chain.Seal(stream, entries);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return entries.Count;
    }

    /// <summary>Two sealers of one stream take turns on its row.</summary>
    internal static async Task<AuditStream> LockAsync(CaseDb db, string id, CancellationToken ct)
    {
        string genesis = Chain.Genesis(id);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO audit_stream (id, sequence, hash, rooted_to, root_digest) VALUES ({id}, 0, {genesis}, 0, '') ON CONFLICT (id) DO UPDATE SET id = excluded.id", ct);
        return await db.Set<AuditStream>().SingleAsync(x => x.Id == id, ct);
    }
}
