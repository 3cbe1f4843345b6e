using Assize.Identity.Administration;
using Assize.Identity.Administration.Erasures;
using Assize.Identity.Audit;
using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Federation.Enrolment;
using Assize.Identity.Keys;
using Assize.Identity.Scim;
using Assize.Identity.Sessions;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Assize.Identity.Storage;

/// <summary>Who: agencies, people, clients, tokens and keys. One model; a derived context per database holds its migrations.</summary>
public abstract class IdentityDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Agency> Agencies => Set<Agency>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<HomeRole> HomeRoles => Set<HomeRole>();
    public DbSet<FormerRole> FormerRoles => Set<FormerRole>();
    public DbSet<RoleDefinition> RoleDefinitions => Set<RoleDefinition>();
    public DbSet<StatusPeriod> StatusPeriods => Set<StatusPeriod>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<RoleRequest> RoleRequests => Set<RoleRequest>();
    public DbSet<ScimToken> ScimTokens => Set<ScimToken>();
    public DbSet<ScimMapping> ScimMappings => Set<ScimMapping>();
    public DbSet<SystemKey> SystemKeys => Set<SystemKey>();
    public DbSet<PersonErasure> PersonErasures => Set<PersonErasure>();
    public DbSet<StoredAnswer> StoredAnswers => Set<StoredAnswer>();
    public DbSet<DirectoryState> DirectoryStates => Set<DirectoryState>();
    public DbSet<PersonSession> Sessions => Set<PersonSession>();
    public DbSet<LogoutNotice> LogoutNotices => Set<LogoutNotice>();
    public DbSet<Upstream> Upstreams => Set<Upstream>();
    public DbSet<UpstreamEnrolment> UpstreamEnrolments => Set<UpstreamEnrolment>();
    public DbSet<UpstreamState> UpstreamStates => Set<UpstreamState>();
    public DbSet<ServerKey> ServerKeys => Set<ServerKey>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseOpenIddict();
        AuditMapping.Configure(modelBuilder);
        DirectoryMapping.Configure(modelBuilder);
        SessionMapping.Configure(modelBuilder);
        AdministrationMapping.Configure(modelBuilder);
        PersonErasure.Configure(modelBuilder);
        ScimModel.Configure(modelBuilder);
        SystemKey.Configure(modelBuilder);
        FederationMapping.Configure(modelBuilder);
        modelBuilder.Entity<ServerKey>().ToTable("server_key").HasKey(key => key.Id);
    }
}

public sealed class SqliteIdentityDb(DbContextOptions<SqliteIdentityDb> options) : IdentityDb(options)
{
    // SQLite cannot compare DateTimeOffset; whole microseconds since the epoch sort and compare.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Microseconds>();

    private sealed class Microseconds() : ValueConverter<DateTimeOffset, long>(
        instant => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        stored => DateTimeOffset.UnixEpoch.AddTicks(stored * TimeSpan.TicksPerMicrosecond));
}

public sealed class PostgreSqlIdentityDb(DbContextOptions<PostgreSqlIdentityDb> options) : IdentityDb(options);
