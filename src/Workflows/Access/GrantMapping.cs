using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

internal static class GrantMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<AccessGrant>(grant =>
        {
            grant.ToTable("access_grant").HasKey(x => x.Id);
            grant.Property(x => x.From).HasColumnName("from_at");
            grant.Property(x => x.To).HasColumnName("to_at");
            grant.HasIndex(x => new { x.Subject, x.CaseId }).HasDatabaseName("ix_access_grant_subject");
            grant.HasIndex(x => x.CaseId).HasDatabaseName("ix_access_grant_case");
            grant.HasIndex(x => new { x.Agency, x.State }).HasDatabaseName("ix_access_grant_agency");
            grant.HasIndex(x => new { x.AskedAgency, x.State }).HasDatabaseName("ix_access_grant_asked");
            grant.HasIndex(x => x.UnitId).HasDatabaseName("ix_access_grant_unit");
        });
        model.Entity<Exclusion>(exclusion =>
        {
            exclusion.ToTable("exclusion").HasKey(x => x.Id);
            exclusion.Property(x => x.From).HasColumnName("from_at");
            exclusion.Property(x => x.To).HasColumnName("to_at");
            exclusion.HasIndex(x => x.Subject).HasDatabaseName("ix_exclusion_subject");
            exclusion.HasIndex(x => x.PersonId).HasDatabaseName("ix_exclusion_person");
        });
        model.Entity<CaseParty>(party =>
        {
            party.ToTable("case_party").HasKey(x => new { x.CaseId, x.PersonId, x.From });
            party.Property(x => x.From).HasColumnName("from_at");
            party.Property(x => x.To).HasColumnName("to_at");
            party.HasIndex(x => x.PersonId).HasDatabaseName("ix_case_party_person");
        });
        model.Entity<FormerParticipant>().ToTable("former_participant").HasKey(x => new { x.CaseId, x.Agency, x.JoinedAt });
        model.Entity<CaseProtection>(protection =>
        {
            protection.ToTable("case_protection").HasKey(x => x.Id);
            protection.Property(x => x.From).HasColumnName("from_at");
            protection.HasIndex(x => new { x.CaseId, x.From }).HasDatabaseName("ix_case_protection_case");
        });
        model.Entity<AccessProposal>(proposal =>
        {
            proposal.ToTable("access_proposal").HasKey(x => x.Id);
            proposal.HasIndex(x => new { x.UnitId, x.State }).HasDatabaseName("ix_access_proposal_unit");
        });
        model.Entity<AccessReview>(review =>
        {
            review.ToTable("access_review").HasKey(x => x.Id);
            review.HasIndex(x => new { x.Agency, x.ReviewedAt, x.DueAt }).HasDatabaseName("ix_access_review_agency");
            review.HasIndex(x => new { x.Subject, x.ReviewedAt }).HasDatabaseName("ix_access_review_subject");
            review.HasIndex(x => x.GrantId).HasDatabaseName("ix_access_review_grant");
        });
    }
}
