using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Migrating;

public static class MigrationMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<WorkflowMigration>(migration =>
        {
            migration.ToTable("migration").HasKey(x => x.Id);
            migration.HasIndex(x => new { x.DefinitionId, x.CreatedAt });
            migration.HasIndex(x => x.RehearsalId);
        });
        model.Entity<MigratedCase>(row =>
        {
            row.ToTable("migration_case").HasKey(x => new { x.MigrationId, x.UnitId });
            row.HasIndex(x => new { x.MigrationId, x.Moved, x.UnitId });
        });
    }
}
