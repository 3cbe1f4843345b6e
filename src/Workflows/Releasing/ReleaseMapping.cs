using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Releasing;

public static class ReleaseMapping
{
    public static void Configure(ModelBuilder model) => model.Entity<WorkflowRelease>(release =>
    {
        release.ToTable("workflow_release").HasKey(x => new { x.DefinitionId, x.Number });
        release.Property(x => x.State).IsConcurrencyToken();
        release.Ignore(x => x.Scope);
    });
}
