using Assize.Host.Access;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Operations.Storage;

/// <summary>What the web application itself keeps, in the same database as the cases.</summary>
public class HostDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<ClockOffset> ClockOffsets => Set<ClockOffset>();
    public DbSet<SignInTicket> SignInTickets => Set<SignInTicket>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DataProtectionKey>(key =>
        {
            key.ToTable("host_data_protection_key");
            key.Property(k => k.Id).HasColumnName("id");
            key.Property(k => k.FriendlyName).HasColumnName("friendly_name");
            key.Property(k => k.Xml).HasColumnName("xml");
        });
        modelBuilder.Entity<SignInTicket>(ticket =>
        {
            ticket.ToTable("host_sign_in");
            ticket.Property(t => t.Id).HasColumnName("id");
            ticket.Property(t => t.SessionId).HasColumnName("session_id");
            ticket.Property(t => t.Subject).HasColumnName("subject");
            ticket.Property(t => t.Protected).HasColumnName("protected");
            ticket.Property(t => t.ExpiresAt).HasColumnName("expires_at");
            ticket.HasIndex(t => t.SessionId);
            ticket.HasIndex(t => t.ExpiresAt);
        });
        modelBuilder.Entity<ClockOffset>(clock =>
        {
            clock.ToTable("host_clock");
            clock.Property(c => c.Id).HasColumnName("id").ValueGeneratedNever();
            clock.Property(c => c.Microseconds).HasColumnName("offset_microseconds");
        });
    }
}

/// <summary>The one row that says how far business time is ahead of real time.</summary>
public sealed class ClockOffset
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public long Microseconds { get; set; }
}

/// <summary>The same context with SQLite's migrations.</summary>
public sealed class SqliteHostDb(DbContextOptions<SqliteHostDb> options) : HostDb(options);

/// <summary>The same context with PostgreSQL's migrations.</summary>
public sealed class PostgresHostDb(DbContextOptions<PostgresHostDb> options) : HostDb(options);
