using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Operations;

public static class OperationMapping
{
    public static void Configure(ModelBuilder model) => model.Entity<TrackedOperation>(operation =>
    {
        operation.ToTable("operation").HasKey(x => x.Id);
        operation.Ignore(x => x.IsOpen);
        operation.Property(x => x.Turn).IsConcurrencyToken();
        operation.HasIndex(x => new { x.State, x.FreeAt });
        operation.HasIndex(x => new { x.Agency, x.CreatedAt, x.Id });
        operation.HasIndex(x => new { x.Kind, x.About }).IsUnique().HasFilter("state IN ('waiting', 'running', 'paused')");
    });
}
