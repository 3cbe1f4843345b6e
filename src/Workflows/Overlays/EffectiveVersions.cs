using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Overlays;

/// <summary>Makes versions of what a workflow is with overlays on it, in the transaction that publishes the overlay or the baseline. Whoever calls it has taken the catalogue's row.</summary>
public static class EffectiveVersions
{
    public const string Member = "overlays";

    /// <summary>Makes those that are missing; what was made stays.</summary>
    /// <param name="baselines">The versions of the workflow that new cases may take.</param>
    /// <returns>Why they cannot be made; null where all are there.</returns>
    internal static async Task<OverlayProblem?> MakeAsync(
        CaseDb db, string workflow, IReadOnlyList<WorkflowDefinition> baselines, IReadOnlyList<Overlay> overlays, DateTimeOffset now, CancellationToken ct)
    {
        List<EffectiveVersion> known = await db.Set<EffectiveVersion>().AsNoTracking().Where(x => x.Workflow == workflow).ToListAsync(ct);
        int next = known.Select(x => x.Version).DefaultIfEmpty().Min() - 1;
        foreach (WorkflowDefinition baseline in baselines)
        {
            foreach (IReadOnlyList<Overlay> set in OverlayChoice.Sets(overlays, baseline.Version))
            {
                EffectiveVersion made = New(baseline, set, next, now);
                if (known.Any(x => IsSame(x, made)))
                {
                    continue;
                }
                OverlayMerged merged = MergeOverlays.Onto(baseline, set);
                if (merged.Problems is [var problem, ..])
                {
                    return problem;
                }
                _ = await PublishedVersions.PublishAsync(db, Text(merged.Definition, set, next--), "overlays", now, now, ct);
                db.Add(made);
            }
        }
        return null;
    }

    /// <summary>The text of a workflow with overlays on it, which says what it is made of.</summary>
    public static string Text(WorkflowDefinition merged, IReadOnlyList<Overlay> overlays, int version)
    {
        JsonObject json = merged.Json.DeepClone().AsObject();
        foreach (string assigned in (string[])["id", "isLatest", "isPublished", "isReadonly", "createdAt", "links"])
        {
            json.Remove(assigned);
        }
        JsonObject custom = json["customProperties"] as JsonObject ?? [];
        custom[Member] = new JsonObject
        {
            ["baseline"] = merged.Version,
            ["of"] = new JsonArray([.. overlays.Select(x => JsonValue.Create(FormattableString.Invariant($"{x.Id}@{x.Version}")))]),
        };
        json["customProperties"] ??= custom;
        json["version"] = version;
        return json.ToJsonString();
    }

    private static EffectiveVersion New(WorkflowDefinition baseline, IReadOnlyList<Overlay> set, int version, DateTimeOffset now)
    {
        (Overlay? force, Overlay? area) = (set.FirstOrDefault(x => x.Level == OverlayLevel.Force), set.FirstOrDefault(x => x.Level == OverlayLevel.Area));
        return new EffectiveVersion
        {
            Workflow = baseline.DefinitionId,
            Version = version,
            Baseline = baseline.Version,
            ForceOverlay = force?.Id ?? "",
            ForceVersion = force?.Version ?? 0,
            AreaOverlay = area?.Id ?? "",
            AreaVersion = area?.Version ?? 0,
            MadeAt = now,
        };
    }

    private static bool IsSame(EffectiveVersion one, EffectiveVersion other) =>
        (one.Baseline, one.ForceOverlay, one.ForceVersion, one.AreaOverlay, one.AreaVersion) == (other.Baseline, other.ForceOverlay, other.ForceVersion, other.AreaOverlay, other.AreaVersion);
}
