using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

public static class RightsMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<DraftingRight>(right =>
        {
            right.ToTable("drafting_right").HasKey(x => x.Id);
            right.Property(x => x.From).HasColumnName("from_at");
            right.Property(x => x.To).HasColumnName("to_at");
            right.Property(x => x.State).IsConcurrencyToken();
            right.HasIndex(x => new { x.Subject, x.Owner });
        });
        model.Entity<OwnerChange>(change =>
        {
            change.ToTable("owner_change").HasKey(x => x.Id);
            change.Property(x => x.From).HasColumnName("from_owner");
            change.Property(x => x.To).HasColumnName("to_owner");
            change.Property(x => x.State).IsConcurrencyToken();
            change.HasIndex(x => x.DefinitionId);
        });
        model.Entity<OwnedDefinition>().ToTable("owned_definition").HasKey(x => x.DefinitionId);
    }
}
