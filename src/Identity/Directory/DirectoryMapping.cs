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
        model.Entity<Person>().ToTable("person").HasKey(x => x.Id);
        ConfigureAccounts(model);
        model.Entity<StatusPeriod>().ToTable("status_period").HasKey(x => new { x.Kind, x.Key, x.From });
        model.Entity<RoleDefinition>().ToTable("role_definition").HasKey(x => x.Role);
        model.Entity<Team>(team =>
        {
            team.ToTable("team").HasKey(x => x.Id);
            team.HasOne<Agency>().WithMany().HasForeignKey(x => x.AgencyId);
            team.HasMany<TeamMember>().WithOne().HasForeignKey(x => x.TeamId);
            team.HasIndex(x => x.Version);
            team.HasIndex(x => new { x.AgencyId, x.Name });
        });
        model.Entity<TeamMember>().ToTable("team_member").HasKey(x => new { x.Subject, x.TeamId });
        model.Entity<DirectoryState>(state =>
        {
            state.ToTable("directory_state").HasKey(x => x.Id);
            state.Property(x => x.Id).ValueGeneratedNever();

            // Two writers at once must not give out one version: the second waits, or notices.
            state.Property(x => x.Version).IsConcurrencyToken();
        });
    }

    private static void ConfigureAccounts(ModelBuilder model)
    {
        model.Entity<Account>(account =>
        {
            account.ToTable("account").HasKey(x => x.Subject);
            account.HasOne<Agency>().WithMany().HasForeignKey(x => x.AgencyId);
            account.HasIndex(x => x.PersonId);
            account.HasMany(x => x.Roles).WithOne().HasForeignKey(x => x.Subject);
            account.HasMany(x => x.Teams).WithOne().HasForeignKey(x => x.Subject);
            account.HasIndex(x => x.Version);
            account.HasIndex(x => new { x.AgencyId, x.Name, x.Subject });
            account.HasIndex(x => new { x.AgencyId, x.UserName }).IsUnique();
            account.HasIndex(x => new { x.AgencyId, x.ExternalId });
            account.HasIndex(x => new { x.Provider, x.ProviderIssuer, x.ProviderSubject }).IsUnique();
        });
        model.Entity<HomeRole>(role =>
        {
            role.ToTable("home_role").HasKey(x => new { x.Subject, x.Role, x.From });
            role.Ignore(x => x.Id);
        });
        model.Entity<FormerRole>(role =>
        {
            role.ToTable("former_role").HasKey(x => new { x.Subject, x.Role, x.From, x.RecordedTo });
            role.HasOne<Account>().WithMany().HasForeignKey(x => x.Subject);
        });
    }
}
