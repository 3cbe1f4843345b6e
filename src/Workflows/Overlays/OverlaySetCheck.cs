using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Workflows.Overlays;

/// <summary>Whether overlays can stand on one version of a workflow together: what they do, the law's steps, and what comes of it.</summary>
public sealed class OverlaySetCheck(RuleCatalog rules, DefinitionCheck workflows, TraceVerdicts traces)
{
    /// <param name="waits">Whether what takes long is waited for; otherwise what is known counts.</param>
    public async Task<OverlayFindings> OfAsync(CaseDb db, WorkflowDefinition baseline, IReadOnlyList<Overlay> set, bool waits, CancellationToken ct)
    {
        OverlayMerged merged = MergeOverlays.Onto(baseline, set);
        IReadOnlyList<StatutoryStep> required = RequiredKept.Of(rules.Newest(StatutorySteps.Kind, StatutorySteps.Required) as StatutorySteps, baseline.DefinitionId, set.Min(x => x.EffectiveFrom));
        List<OverlayProblem> lost = [.. set.SelectMany(x => RequiredKept.Problems(baseline, x, required))];
        lost.AddRange(merged.Problems.Count + lost.Count == 0 ? RequiredKept.Lost(baseline, merged.Definition, required) : []);
        OverlayFindings findings = new(baseline.Version, set, merged.Problems, lost);
        if (merged.Problems.Count + lost.Count > 0)
        {
            return findings;
        }
        Verification verified = waits ? await workflows.RunAsync(db, merged.Definition, ct) : await workflows.RunWithoutWaitAsync(db, merged.Definition, ct);
        findings = findings with { Verified = verified };
        if (!verified.MayBePublished && !verified.IsRunning)
        {
            return findings;
        }
        TraceVerdict? verdict = await traces.OfAsync(
            new TraceQuestion(baseline, merged.Definition, required.Select(x => x.Step).ToHashSet(), await workflows.ReachedFromAsync(db, merged.Definition, ct)), waits, ct);
        return findings with { Traces = verdict, TracesRunning = verdict is null, Required = verdict is { Kind: TraceKind.Broken } ? [Blamed(set, verdict)] : [] };
    }

    // The way to what differs leads by a step that was added or changed; the last of them made the difference.
    private static OverlayProblem Blamed(IReadOnlyList<Overlay> set, TraceVerdict verdict)
    {
        (string Operation, string Activity) blamed = verdict.Path.Reverse()
            .SelectMany(step => set.SelectMany(overlay => overlay.Operations.Where(x => step.ActivityId == (x.Does == OverlayDoes.Add ? MergeSteps.IdOf(overlay, x.Id) : x.Activity)).Select(x => (x.Id, step.ActivityId)))).FirstOrDefault();
        return new OverlayProblem(
            "statutory-trace-differs", $"With it the steps that the law requires do not come as in the baseline. {verdict.Message} Let the flow go on as the baseline's does.", blamed.Operation, blamed.Activity);
    }
}

/// <summary>What was found of overlays on one version of a workflow.</summary>
/// <param name="Operations">What could not be done.</param>
/// <param name="Required">What the law's steps would lose.</param>
public sealed record OverlayFindings(int Baseline, IReadOnlyList<Overlay> Set, IReadOnlyList<OverlayProblem> Operations, IReadOnlyList<OverlayProblem> Required)
{
    /// <summary>Of what comes of it; null where it does not come to that.</summary>
    public Verification? Verified { get; init; }

    /// <summary>Null where it is not asked, or not known yet.</summary>
    public TraceVerdict? Traces { get; init; }
    public bool TracesRunning { get; init; }

    /// <summary>"On version 3 with the overlay “…”: ".</summary>
    public string Where(Overlay? mine) => $"On version {Baseline}{string.Concat(Set.Where(x => x.Id != mine?.Id).Select(x => $", with the overlay “{x.Title.En}” ({x.Id} {x.Version})"))}: ";

    public IEnumerable<OverlayProblem> All => [.. Operations, .. Required, .. (Verified?.Problems ?? []).Select(x => new OverlayProblem(x.Code, x.Message, null, x.ActivityId))];
}
