using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Cases;

public static class CaseMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<CaseFile>(file =>
        {
            file.ToTable("case_file").HasKey(x => x.Id);
            file.HasIndex(x => x.Urn).IsUnique().HasDatabaseName("ix_case_file_urn");
            file.HasIndex(x => new { x.CreatedAt, x.Id }).HasDatabaseName("ix_case_file_created");
            file.Property(x => x.Jurisdiction).HasDefaultValue("criminal").ValueGeneratedNever();
            file.Property(x => x.Classification).HasDefaultValue("private").ValueGeneratedNever();
            file.Property(x => x.Sealed).HasDefaultValue(false).ValueGeneratedNever();
            file.Property(x => x.SealEpoch).HasDefaultValue(0).ValueGeneratedNever();
        });
        model.Entity<CaseParticipant>(participant =>
        {
            participant.ToTable("case_participant").HasKey(x => new { x.CaseId, x.Agency });
            participant.HasIndex(x => x.Agency).HasDatabaseName("ix_case_participant_agency");
            participant.HasIndex(x => new { x.Agency, x.CaseCreatedAt, x.CaseId }).HasDatabaseName("ix_case_participant_newest");
            participant.HasIndex(x => new { x.Agency, x.CaseArea, x.CaseCreatedAt, x.CaseId }).HasDatabaseName("ix_case_participant_area");
        });
        model.Entity<Defendant>(defendant =>
        {
            defendant.ToTable("defendant").HasKey(x => x.Id);
            defendant.HasIndex(x => x.CaseId).HasDatabaseName("ix_defendant_case");
        });
        model.Entity<Offence>(offence =>
        {
            offence.ToTable("offence").HasKey(x => x.Id);
            offence.HasIndex(x => x.DefendantId).HasDatabaseName("ix_offence_defendant");
        });
    }
}
