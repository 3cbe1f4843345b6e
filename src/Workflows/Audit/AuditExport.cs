using Assize.Audit;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Audit;

/// <summary>Writes a stream, or a run of it, as lines that the verifier reads: each record with its hash, and a signed end.</summary>
public sealed class AuditExport(CaseDatabase database, AuditKeys keys, IAccessEvaluator access, TimeProvider clock)
{
    private const int PageOf = 500;

    /// <param name="from">The first record's number; the chain's value before it stands in the head.</param>
    /// <param name="reader">Whose download it is: records of cases that are sealed by the time of their page and that they do not have are withheld, as the log's page withholds them.</param>
    public async Task WriteAsync(string stream, long from, Caller reader, TextWriter output, CancellationToken ct)
    {
        SigningKey key = await keys.GetAsync(ct);
        await using CaseDb db = database.CreateDbContext();
        // The head before the rows, and the end from the head: rows that are gone are missed, and rows that come meanwhile are for the next export.
        AuditStream head = await db.Set<AuditStream>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == stream, ct) ?? Chain.NewStream(stream);
        IQueryable<AuditEntry> sealedOnes = db.Set<AuditEntry>().AsNoTracking().Where(x => x.Agency == stream && x.Sequence <= head.Sequence);
        from = Math.Clamp(from, 1, head.Sequence + 1);
        string previous = from == 1 ? Chain.Genesis(stream) : await sealedOnes.Where(x => x.Sequence == from - 1).Select(x => x.Hash).SingleOrDefaultAsync(ct) ?? "";
        await output.WriteAsync($"{ExportFormat.Head(stream, from, previous)}\n".AsMemory(), ct);
        long last = from - 1;
        while (await sealedOnes.Where(x => x.Sequence > last).OrderBy(x => x.Sequence).Take(PageOf).ToListAsync(ct) is { Count: > 0 } page)
        {
            HashSet<string> hidden = await HiddenAsync(db, page, reader, ct);
            foreach (AuditEntry entry in page)
            {
                string line = entry.CaseId is { } about && hidden.Contains(about) ? ExportFormat.Withheld(entry) : ExportFormat.Line(entry);
                await output.WriteAsync($"{line}\n".AsMemory(), ct);
            }
            last = page[^1].Sequence!.Value;
        }
        await output.WriteAsync($"{ExportFormat.End(stream, from, head.Sequence, head.Hash, clock.GetUtcNow(), key)}\n".AsMemory(), ct);
    }

    private async Task<HashSet<string>> HiddenAsync(CaseDb db, List<AuditEntry> entries, Caller reader, CancellationToken ct)
    {
        HashSet<string> about = [.. entries.Select(entry => entry.CaseId).OfType<string>()];
        about.ExceptWith(await KnownCases.To(reader, access, db).Where(file => about.Contains(file.Id)).Select(file => file.Id).ToListAsync(ct));
        return about;
    }
}
