using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Directory;

internal static class DirectoryMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Agency>(agency =>
        {
            agency.ToTable("agency").HasKey(x => x.Id);
            agency.HasIndex(x => x.Version);
        });
        model.Entity<Account>(account =>
        {
            account.ToTable("account").HasKey(x => x.Subject);
            account.HasOne<Agency>().WithMany().HasForeignKey(x => x.AgencyId);
            account.HasMany(x => x.Roles).WithOne().HasForeignKey(x => x.Subject);
            account.HasIndex(x => x.Version);
        });
        model.Entity<HomeRole>().ToTable("home_role").HasKey(x => new { x.Subject, x.Role, x.From });
        model.Entity<DirectoryState>(state =>
        {
            state.ToTable("directory_state").HasKey(x => x.Id);
            state.Property(x => x.Id).ValueGeneratedNever();

            // Two writers at once must not give out one version: the loser retries.
            state.Property(x => x.Version).IsConcurrencyToken();
        });
    }
}
