using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assize.Engine.Storage;

/// <summary>The engine's tables, for whoever's context holds them.</summary>
public static partial class EngineModel
{
    public static ModelBuilder AddEngine(this ModelBuilder model)
    {
        Table<UnitRow>(model, "engine_unit", _ => { });
        Table<InstanceRow>(model, "engine_instance", row =>
        {
            row.HasIndex(r => new { r.UnitId, r.Running }).HasDatabaseName("ix_engine_instance_unit");
            row.HasIndex(r => r.DefinitionId).HasDatabaseName("ix_engine_instance_definition");
        });
        Table<WaitRow>(model, "engine_wait", row =>
        {
            // Two indexes on one column need the name as an argument, or EF Core takes them for one.
            row.HasIndex([nameof(WaitRow.Due)], "ix_engine_wait_due").HasFilter("open AND kind = 'Timer'");
            row.HasIndex([nameof(WaitRow.Name)], "ix_engine_wait_event").HasFilter("open AND kind = 'Event'");
            row.HasIndex([nameof(WaitRow.UnitId)], "ix_engine_wait_unit").HasFilter("open");
        });
        Table<JournalRow>(model, "engine_journal", row =>
        {
            row.HasKey(r => r.Position);
            row.Property(r => r.Position).ValueGeneratedOnAdd();
            row.HasIndex(r => new { r.InstanceId, r.Sequence }).IsUnique().HasDatabaseName("ux_engine_journal_sequence");
            row.HasIndex(r => new { r.UnitId, r.Position }).HasDatabaseName("ix_engine_journal_unit");
            row.HasIndex(r => new { r.DefinitionId, r.Release }).HasDatabaseName("ix_engine_journal_release").HasFilter("release IS NOT NULL");
        });
        Table<PayloadRow>(model, "engine_payload", row => row.HasKey(r => r.Digest));
        Table<OutboxRow>(model, "engine_outbox", row =>
        {
            row.HasIndex(r => r.NextAt).HasDatabaseName("ix_engine_outbox_next").HasFilter("state = 'waiting'");
            row.HasIndex(r => new { r.UnitId, r.RequestId }).HasDatabaseName("ix_engine_outbox_unit");
        });
        Table<RequestRow>(model, "engine_request", _ => { });
        Table<EventRow>(model, "engine_event", row => row.HasIndex(r => new { r.UnitId, r.Name }).HasDatabaseName("ix_engine_event_unit"));
        Table<DefinitionRow>(model, "engine_definition", row => row.HasKey(r => new { r.Id, r.Version }));
        Table<TriggerRow>(model, "engine_trigger", row =>
        {
            row.HasKey(r => new { r.DefinitionId, r.ActivityId });
            row.HasIndex(r => r.Name).HasDatabaseName("ix_engine_trigger_event").HasFilter("kind = 'Event'");
            row.HasIndex(r => r.Due).HasDatabaseName("ix_engine_trigger_due").HasFilter("due IS NOT NULL");
        });
        return model;
    }

    private static void Table<T>(ModelBuilder model, string name, Action<EntityTypeBuilder<T>> rest) where T : class
    {
        EntityTypeBuilder<T> row = model.Entity<T>();
        row.ToTable(name);
        rest(row);
        foreach (IMutableProperty property in row.Metadata.GetProperties())
        {
            property.SetColumnName(InnerCapital().Replace(property.Name, "_$0").ToLowerInvariant());
        }
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex InnerCapital();
}
