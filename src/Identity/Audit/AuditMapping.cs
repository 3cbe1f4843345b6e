using Assize.Audit;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Audit;

internal static class AuditMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit_entry").HasKey(x => x.Id);
            entry.HasIndex(x => new { x.Agency, x.Sequence }).IsUnique();
            entry.HasIndex(x => new { x.SubjectKind, x.SubjectId });
            // What waits for the sealer: found whenever it committed, however late.
            entry.HasIndex(x => new { x.Agency, x.At }).HasFilter("\"Sequence\" IS NULL");
        });
        model.Entity<AuditStream>().ToTable("audit_stream").HasKey(x => x.Id);
        model.Entity<AuditRoot>().ToTable("audit_root").HasKey(x => new { x.Stream, x.ToSequence });
        model.Entity<AuditKey>().ToTable("audit_key").HasKey(x => x.Id);
    }
}
