using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Overlays;

/// <summary>A published version of an overlay: text as it was received, never edited again.</summary>
public sealed class PublishedOverlay
{
    public required string Id { get; init; }
    public required int Version { get; init; }

    /// <summary>The workflow that it changes.</summary>
    public required string Workflow { get; init; }
    public required string Hash { get; init; }
    public required DateOnly? EffectiveFrom { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When new cases ceased to take it; null while they do.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
    public string? RetiredByName { get; set; }
    public string? RetiredReason { get; set; }

    internal static PublishedOverlay Of(Overlay overlay, string hash, string text, DateTimeOffset now) => new()
    {
        Id = overlay.Id,
        Version = overlay.Version,
        Workflow = overlay.Workflow,
        Hash = hash,
        EffectiveFrom = overlay.EffectiveFrom,
        Text = text,
        PublishedAt = now,
    };
}

/// <summary>What a workflow is with overlays on it, as a version of the workflow that cases can run on.</summary>
/// <remarks>The definition itself stands among the published ones under <see cref="Version"/> and, like each of them, is there for good.</remarks>
public sealed class EffectiveVersion
{
    public required string Workflow { get; init; }

    /// <summary>Below zero and counted downwards: so no draft, file or release ever means it by "the newest".</summary>
    public required int Version { get; init; }
    public required int Baseline { get; init; }

    /// <summary>The force's overlay, by id; empty where there is none.</summary>
    public required string ForceOverlay { get; init; }
    public required int ForceVersion { get; init; }

    /// <summary>The area's overlay, by id; empty where there is none.</summary>
    public required string AreaOverlay { get; init; }
    public required int AreaVersion { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
}

public static class OverlayMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<PublishedOverlay>(overlay =>
        {
            overlay.ToTable("published_overlay").HasKey(x => new { x.Id, x.Version });
            overlay.HasIndex(x => x.Workflow);
        });
        model.Entity<EffectiveVersion>(effective =>
        {
            effective.ToTable("effective_version").HasKey(x => new { x.Workflow, x.Version });
            effective.Property(x => x.Version).ValueGeneratedNever();
            effective.HasIndex(x => new { x.Workflow, x.Baseline, x.ForceOverlay, x.ForceVersion, x.AreaOverlay, x.AreaVersion }).IsUnique();
        });
    }
}
