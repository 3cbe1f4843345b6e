using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Rehearsing;

public static class RehearsalMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<WorkflowRehearsal>(rehearsal =>
        {
            rehearsal.ToTable("rehearsal").HasKey(x => x.Id);
            rehearsal.HasIndex(x => new { x.DefinitionId, x.CreatedAt });
        });
        model.Entity<RehearsedCase>(row =>
        {
            row.ToTable("rehearsal_case").HasKey(x => new { x.RehearsalId, x.UnitId });
            row.HasIndex(x => new { x.RehearsalId, x.Class, x.UnitId });
        });
    }
}
