using Assize.Audit;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Audit;

public static class AuditMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit_entry").HasKey(x => x.Id);
            entry.HasIndex(x => new { x.SubjectKind, x.SubjectId }).HasDatabaseName("ix_audit_entry_subject");
            entry.HasIndex(x => new { x.Agency, x.Sequence }).IsUnique().HasDatabaseName("ux_audit_entry_sequence");
            // What waits for the sealer: found whenever it committed, however late.
            entry.HasIndex([nameof(AuditEntry.Agency), nameof(AuditEntry.At)], "ix_audit_entry_unsealed").HasFilter("sequence IS NULL");
            entry.HasIndex([nameof(AuditEntry.Agency), nameof(AuditEntry.At), nameof(AuditEntry.Id)], "ix_audit_entry_agency");
            entry.HasIndex(x => new { x.OwnerAgency, x.At, x.Id }).HasDatabaseName("ix_audit_entry_owner");
            entry.HasIndex(x => x.CaseId).HasDatabaseName("ix_audit_entry_case");
        });
        model.Entity<AuditStream>().ToTable("audit_stream").HasKey(x => x.Id);
        model.Entity<AuditRoot>(root =>
        {
            root.ToTable("audit_root").HasKey(x => new { x.Stream, x.ToSequence });
            root.HasIndex(x => x.Witness).HasDatabaseName("ix_audit_root_witness");
        });
        model.Entity<AuditKey>().ToTable("audit_key").HasKey(x => x.Id);
    }
}
