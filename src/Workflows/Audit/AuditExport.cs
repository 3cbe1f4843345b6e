using Assize.Audit;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Audit;

/// <summary>Writes a stream, or a run of it, as lines that the verifier reads: each record with its hash, and a signed end.</summary>
public sealed class AuditExport(CaseDatabase database, AuditKeys keys, IAccessEvaluator access, TimeProvider clock)
{
    /// <param name="from">The first record's number; the chain's value before it stands in the head.</param>
    /// <param name="reader">Whose download it is: records of sealed cases that they do not have are withheld, as the log's page withholds them.</param>
    public async Task WriteAsync(string stream, long from, Caller reader, TextWriter output, CancellationToken ct)
    {
        SigningKey key = await keys.GetAsync(ct);
        await using CaseDb db = database.CreateDbContext();
        // The head before the rows, and the end from the head: rows that are gone are missed, and rows that come meanwhile are for the next export.
        AuditStream head = await db.Set<AuditStream>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == stream, ct) ?? Chain.NewStream(stream);
        IQueryable<AuditEntry> sealedOnes = db.Set<AuditEntry>().AsNoTracking().Where(x => x.Agency == stream && x.Sequence <= head.Sequence);
        from = Math.Clamp(from, 1, head.Sequence + 1);
        string previous = from == 1 ? Chain.Genesis(stream) : await sealedOnes.Where(x => x.Sequence == from - 1).Select(x => x.Hash).SingleOrDefaultAsync(ct) ?? "";
        HashSet<string> hidden = await HiddenAsync(db, sealedOnes, reader, ct);
        await output.WriteAsync($"{ExportFormat.Head(stream, from, previous)}\n".AsMemory(), ct);
        await foreach (AuditEntry entry in sealedOnes.Where(x => x.Sequence >= from).OrderBy(x => x.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            string line = entry.CaseId is { } about && hidden.Contains(about) ? ExportFormat.Withheld(entry) : ExportFormat.Line(entry);
            await output.WriteAsync($"{line}\n".AsMemory(), ct);
        }
        await output.WriteAsync($"{ExportFormat.End(stream, from, head.Sequence, head.Hash, clock.GetUtcNow(), key)}\n".AsMemory(), ct);
    }

    private async Task<HashSet<string>> HiddenAsync(CaseDb db, IQueryable<AuditEntry> entries, Caller reader, CancellationToken ct)
    {
        IQueryable<CaseFile> known = KnownCases.To(reader, access, db);
        return [.. await entries.Where(entry => entry.CaseId != null && !known.Any(file => file.Id == entry.CaseId)).Select(entry => entry.CaseId!).Distinct().ToListAsync(ct)];
    }
}
