using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Erasure;

public static class ErasureMapping
{
    public static void Configure(ModelBuilder model) => model.Entity<ErasureRequest>(request =>
    {
        request.ToTable("erasure_request").HasKey(x => x.Id);
        // The case is the request's unit of consistency; commands find a row's unit by this column.
        request.Property(x => x.CaseId).HasColumnName("unit_id");
        request.HasIndex(x => new { x.Agency, x.RequestedAt, x.Id }).HasDatabaseName("ix_erasure_request_agency");
        request.HasIndex(x => x.CaseId).HasDatabaseName("ix_erasure_request_case");
    });
}
