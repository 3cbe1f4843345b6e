using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

public static class AccessMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Agency>(agency =>
        {
            agency.ToTable("agency").HasKey(x => x.Id);
            agency.Property(x => x.Id).HasColumnName("id");
            agency.Property(x => x.Kind).HasColumnName("kind");
            agency.Property(x => x.Name).HasColumnName("name");
            agency.Property(x => x.Status).HasColumnName("status");
        });
        model.Entity<Person>(person =>
        {
            person.ToTable("person").HasKey(x => x.Subject);
            person.Property(x => x.Subject).HasColumnName("subject");
            person.Property(x => x.Name).HasColumnName("name");
            person.Property(x => x.Agency).HasColumnName("agency");
            person.Property(x => x.IsSystem).HasColumnName("is_system");
            person.Property(x => x.Status).HasColumnName("status");
            person.HasIndex(x => x.Agency).HasDatabaseName("ix_person_agency");
        });
        model.Entity<HomeRole>(role =>
        {
            role.ToTable("home_role").HasKey(x => new { x.Subject, x.Role, x.From });
            role.Property(x => x.Subject).HasColumnName("subject");
            role.Property(x => x.Role).HasColumnName("role");
            role.Property(x => x.From).HasColumnName("from_at");
            role.Property(x => x.To).HasColumnName("to_at");
        });
        model.Entity<DirectoryCursor>(cursor =>
        {
            cursor.ToTable("directory_cursor").HasKey(x => x.Id);
            cursor.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
            cursor.Property(x => x.Version).HasColumnName("version").IsConcurrencyToken();
        });
    }
}
