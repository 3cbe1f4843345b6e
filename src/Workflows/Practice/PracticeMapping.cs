using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Practice;

public static class PracticeMapping
{
    public static void Configure(ModelBuilder model) => model.Entity<PracticeCase>(practice =>
    {
        practice.ToTable("practice_case").HasKey(x => x.CaseId);
        practice.HasIndex(x => x.KeptUntil).HasDatabaseName("ix_practice_case_kept");
        practice.HasIndex(x => x.StartedBy).HasDatabaseName("ix_practice_case_starter");
    });
}
