using Assize.Engine.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Erasure;
using Assize.Workflows.Exchange;
using Assize.Workflows.Hearings;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Overlays;
using Assize.Workflows.Practice;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Releasing;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>Everything about cases, the engine's tables included, in one database and one transaction.</summary>
public abstract class CaseDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<CaseFile> Cases => Set<CaseFile>();
    public DbSet<CaseParticipant> Participants => Set<CaseParticipant>();
    public DbSet<Defendant> Defendants => Set<Defendant>();
    public DbSet<Offence> Offences => Set<Offence>();
    public DbSet<Hearing> Hearings => Set<Hearing>();
    public DbSet<HearingDefendant> HearingDefendants => Set<HearingDefendant>();
    public DbSet<WorkTask> Tasks => Set<WorkTask>();
    public DbSet<AgencyMessage> Messages => Set<AgencyMessage>();
    public DbSet<PublishedResource> PublishedResources => Set<PublishedResource>();
    public DbSet<WorkflowDraft> Drafts => Set<WorkflowDraft>();
    public DbSet<DraftingRight> DraftingRights => Set<DraftingRight>();
    public DbSet<OwnedDefinition> OwnedDefinitions => Set<OwnedDefinition>();
    public DbSet<OwnerChange> OwnerChanges => Set<OwnerChange>();
    public DbSet<WorkflowRelease> Releases => Set<WorkflowRelease>();
    public DbSet<PublicationRequest> PublicationRequests => Set<PublicationRequest>();
    public DbSet<WorkflowRehearsal> Rehearsals => Set<WorkflowRehearsal>();
    public DbSet<WorkflowMigration> Migrations => Set<WorkflowMigration>();
    public DbSet<PublishedOverlay> PublishedOverlays => Set<PublishedOverlay>();
    public DbSet<TrackedOperation> Operations => Set<TrackedOperation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddEngine();
        AccessMapping.Configure(modelBuilder);
        AuditMapping.Configure(modelBuilder);
        CaseMapping.Configure(modelBuilder);
        HearingMapping.Configure(modelBuilder);
        TaskMapping.Configure(modelBuilder);
        MessageMapping.Configure(modelBuilder);
        SubmissionMapping.Configure(modelBuilder);
        ErasureMapping.Configure(modelBuilder);
        DraftMapping.Configure(modelBuilder);
        RightsMapping.Configure(modelBuilder);
        OperationMapping.Configure(modelBuilder);
        PracticeMapping.Configure(modelBuilder);
        ReleaseMapping.Configure(modelBuilder);
        RehearsalMapping.Configure(modelBuilder);
        MigrationMapping.Configure(modelBuilder);
        OverlayMapping.Configure(modelBuilder);
        modelBuilder.Entity<CatalogVersion>(row =>
        {
            row.ToTable("catalog_version").HasKey(x => x.Id);
            row.Property(x => x.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<PublishedResource>().ToTable("published_resource").HasKey(x => new { x.Kind, x.Id, x.Version });
        ColumnNames.Apply(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        if (Database.IsSqlite())
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConversion>();
        }
    }
}

/// <summary>The same context with SQLite's migrations.</summary>
public sealed class SqliteCaseDb(DbContextOptions<SqliteCaseDb> options) : CaseDb(options);

/// <summary>The same context with PostgreSQL's migrations.</summary>
public sealed class PostgresCaseDb(DbContextOptions<PostgresCaseDb> options) : CaseDb(options);
