using Assize.Identity.Directory;
using Assize.Identity.Federation.Enrolment;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation;

internal static class FederationMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Upstream>(upstream =>
        {
            upstream.ToTable("upstream").HasKey(x => x.Id);
            upstream.HasOne<Agency>().WithMany().HasForeignKey(x => x.AgencyId);
            upstream.HasMany(x => x.Assurance).WithOne().HasForeignKey(x => x.UpstreamId);

            // One issuer's people belong to one agency, or the pair of issuer and subject would not say whose they are.
            upstream.HasIndex(x => new { x.Kind, x.Issuer }).IsUnique();
        });
        model.Entity<UpstreamAssurance>().ToTable("upstream_assurance").HasKey(x => new { x.UpstreamId, x.Claim, x.Value });
        model.Entity<UpstreamEnrolment>(enrolment =>
        {
            enrolment.ToTable("upstream_enrolment").HasKey(x => x.Id);
            enrolment.HasIndex(x => x.CreatedAt);
            enrolment.Property(x => x.Revision).IsConcurrencyToken();
        });
        model.Entity<UpstreamState>(state =>
        {
            state.ToTable("upstream_state").HasKey(x => x.Id);
            state.Property(x => x.Id).ValueGeneratedNever();
            state.Property(x => x.Version).IsConcurrencyToken();
        });
    }
}
