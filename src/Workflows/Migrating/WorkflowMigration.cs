namespace Assize.Workflows.Migrating;

/// <summary>Open cases on their way to another published version, or back. Its id is that of its operation.</summary>
public sealed class WorkflowMigration
{
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }

    /// <summary>The rehearsal that it was planned from.</summary>
    public required string RehearsalId { get; init; }

    /// <summary>JSON text: what was decided about the steps that differ.</summary>
    public required string Mapping { get; init; }

    /// <summary>The migration that this one takes back; null where it goes forward.</summary>
    public string? Reverses { get; init; }
    public required string StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public required string Agency { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Moved { get; set; }
    public int Skipped { get; set; }
}

/// <summary>What a migration did to one case.</summary>
public sealed class MigratedCase
{
    public required string MigrationId { get; init; }
    public required string UnitId { get; init; }
    public required bool Moved { get; init; }

    /// <summary>Why it was left as it was: a stable code; null where it moved.</summary>
    public string? Code { get; init; }
    public string? Words { get; init; }
}
