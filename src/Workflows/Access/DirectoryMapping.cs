using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

internal static class DirectoryMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Agency>().ToTable("agency").HasKey(x => x.Id);
        model.Entity<Person>(person =>
        {
            person.ToTable("person").HasKey(x => x.Subject);
            person.HasIndex(x => x.Agency).HasDatabaseName("ix_person_agency");
            person.HasIndex(x => x.PersonId).HasDatabaseName("ix_person_person_id");
        });
        model.Entity<HomeRole>(role =>
        {
            role.ToTable("home_role").HasKey(x => new { x.Subject, x.Role, x.From });
            role.Property(x => x.From).HasColumnName("from_at");
            role.Property(x => x.To).HasColumnName("to_at");
        });
        model.Entity<FormerRole>(role =>
        {
            role.ToTable("former_role").HasKey(x => new { x.Subject, x.Role, x.From, x.RecordedTo });
            role.Property(x => x.From).HasColumnName("from_at");
            role.Property(x => x.To).HasColumnName("to_at");
        });
        model.Entity<StatusPeriod>(period =>
        {
            period.ToTable("status_period").HasKey(x => new { x.Kind, x.Key, x.From });
            period.Property(x => x.From).HasColumnName("from_at");
            period.Property(x => x.To).HasColumnName("to_at");
        });
        model.Entity<Team>(team =>
        {
            team.ToTable("team").HasKey(x => x.Id);
            team.HasIndex(x => x.Agency).HasDatabaseName("ix_team_agency");
        });
        model.Entity<TeamMember>(member =>
        {
            member.ToTable("team_member").HasKey(x => new { x.Subject, x.TeamId });
            member.HasIndex(x => x.TeamId).HasDatabaseName("ix_team_member_team");
        });
        model.Entity<DirectoryCursor>(cursor =>
        {
            cursor.ToTable("directory_cursor").HasKey(x => x.Id);
            cursor.Property(x => x.Id).ValueGeneratedNever();
            cursor.Property(x => x.Version).IsConcurrencyToken();
        });
    }
}
