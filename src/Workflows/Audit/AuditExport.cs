using Assize.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Audit;

/// <summary>Writes a stream, or a run of it, as lines that the verifier reads: each record with its hash, and a signed end.</summary>
public sealed class AuditExport(CaseDatabase database, AuditKeys keys, TimeProvider clock)
{
    /// <param name="from">The first record's number; the chain's value before it stands in the head.</param>
    public async Task WriteAsync(string stream, long from, TextWriter output, CancellationToken ct)
    {
        SigningKey key = await keys.GetAsync(ct);
        await using CaseDb db = database.CreateDbContext();
        // The head before the rows, and the end from the head: rows that are gone are missed, and rows that come meanwhile are for the next export.
        AuditStream head = await db.Set<AuditStream>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == stream, ct) ?? Chain.NewStream(stream);
        IQueryable<AuditEntry> sealedOnes = db.Set<AuditEntry>().AsNoTracking().Where(x => x.Agency == stream && x.Sequence <= head.Sequence);
        from = Math.Clamp(from, 1, head.Sequence + 1);
        string previous = from == 1 ? Chain.Genesis(stream) : await sealedOnes.Where(x => x.Sequence == from - 1).Select(x => x.Hash).SingleOrDefaultAsync(ct) ?? "";
        await output.WriteAsync($"{ExportFormat.Head(stream, from, previous)}\n".AsMemory(), ct);
        await foreach (AuditEntry entry in sealedOnes.Where(x => x.Sequence >= from).OrderBy(x => x.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            await output.WriteAsync($"{ExportFormat.Line(entry)}\n".AsMemory(), ct);
        }
        await output.WriteAsync($"{ExportFormat.End(stream, from, head.Sequence, head.Hash, clock.GetUtcNow(), key)}\n".AsMemory(), ct);
    }
}
