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
        });
        model.Entity<CaseParticipant>(participant =>
        {
            participant.ToTable("case_participant").HasKey(x => new { x.CaseId, x.Agency });
            participant.HasIndex(x => x.Agency).HasDatabaseName("ix_case_participant_agency");
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
