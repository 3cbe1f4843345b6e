namespace Assize.Workflows.Releasing;

/// <summary>Which new cases take a version, from which legal date on. Approved like a version; stopped for new cases only.</summary>
public sealed class WorkflowRelease
{
    public required string DefinitionId { get; init; }

    /// <summary>Counts the releases of its workflow; the journal of an instance names it.</summary>
    public required int Number { get; init; }
    public required int Version { get; init; }

    /// <summary>The first day on which the earliest charge of a case may lie; null: any. The first release of a workflow has none.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>The area of the court; null: any.</summary>
    public string? Area { get; init; }

    /// <summary>The court's organisation-unit code; null: any.</summary>
    public string? Court { get; init; }

    /// <summary>The agency that sent the prosecution; null: any.</summary>
    public string? Force { get; init; }

    /// <summary>Of a hundred new cases, how many take it; which ones, their ids decide.</summary>
    public required int Share { get; init; }

    /// <summary>So many of its cases with an open incident stop it; null: none do.</summary>
    public int? IncidentLimit { get; init; }

    /// <summary>So many of its cases with a late task stop it; null: none do.</summary>
    public int? LateLimit { get; init; }

    /// <summary>The release in whose place it came, which comes back when this one is returned.</summary>
    public int? Replaces { get; init; }

    /// <summary>One of <see cref="ReleaseState"/>.</summary>
    public required string State { get; set; }

    /// <summary>Null where it came with the software.</summary>
    public string? RequestId { get; init; }
    public string? Note { get; init; }
    public required string AskedByName { get; init; }
    public required string ApprovedByName { get; init; }
    public required DateTimeOffset ApprovedAt { get; init; }
    public string? EndedByName { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedReason { get; set; }

    public ReleaseScope Scope => new(Area, Court, Force);
}

public static class ReleaseState
{
    public const string Live = "live";

    /// <summary>Somebody, or a threshold of its own, returned new cases to what was before.</summary>
    public const string Stopped = "stopped";

    /// <summary>A later release for the same cases from the same day took its place.</summary>
    public const string Replaced = "replaced";
}
