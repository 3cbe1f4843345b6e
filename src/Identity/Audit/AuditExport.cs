using Assize.Audit;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Audit;

/// <summary>Writes a stream as lines that the verifier reads: each record with its hash, and a signed end.</summary>
public sealed class AuditExport(IdentityDb db, AuditKeys keys, TimeProvider clock)
{
    private const int PageOf = 500;

    public async Task WriteAsync(string stream, TextWriter output, CancellationToken ct)
    {
        SigningKey key = await keys.GetAsync(db, ct);
        // The head before the rows, and the end from the head: rows that are gone are missed, and rows that come meanwhile are for the next export.
        AuditStream head = await db.Set<AuditStream>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == stream, ct) ?? Chain.NewStream(stream);
        IQueryable<AuditEntry> sealedOnes = db.Set<AuditEntry>().AsNoTracking().Where(x => x.Agency == stream && x.Sequence <= head.Sequence);
        await output.WriteAsync($"{ExportFormat.Head(stream, 1, Chain.Genesis(stream))}\n".AsMemory(), ct);
        long last = 0;
        while (await sealedOnes.Where(x => x.Sequence > last).OrderBy(x => x.Sequence).Take(PageOf).ToListAsync(ct) is { Count: > 0 } page)
        {
            foreach (AuditEntry entry in page)
            {
                await output.WriteAsync($"{ExportFormat.Line(entry)}\n".AsMemory(), ct);
            }
            last = page[^1].Sequence!.Value;
        }
        await output.WriteAsync($"{ExportFormat.End(stream, 1, head.Sequence, head.Hash, clock.GetUtcNow(), key)}\n".AsMemory(), ct);
    }

    /// <summary>The roots of a stream with their keys, for its agency; or those that one witness keeps.</summary>
    public async Task<string> RootsAsync(string stream, string? witness, CancellationToken ct)
    {
        List<AuditRoot> roots = await db.Set<AuditRoot>().AsNoTracking().Where(x => x.Stream == stream && (witness == null || x.Witness == witness)).OrderBy(x => x.ToSequence).ToListAsync(ct);
        return ExportFormat.RootFile(roots, await db.Set<AuditKey>().AsNoTracking().OrderBy(x => x.CreatedAt).ToListAsync(ct));
    }
}
