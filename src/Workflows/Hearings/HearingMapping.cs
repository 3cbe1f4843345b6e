using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Hearings;

public static class HearingMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Hearing>(hearing =>
        {
            hearing.ToTable("hearing").HasKey(x => x.Id);
            hearing.HasIndex(x => x.CaseId).HasDatabaseName("ix_hearing_case");
            hearing.HasIndex(x => new { x.CourtOu, x.StartsAt }).HasDatabaseName("ix_hearing_court_day");
        });
        model.Entity<HearingDefendant>(part =>
        {
            part.ToTable("hearing_defendant").HasKey(x => new { x.HearingId, x.DefendantId });
            part.HasIndex(x => x.DefendantId).HasDatabaseName("ix_hearing_defendant_defendant");
        });
    }
}
