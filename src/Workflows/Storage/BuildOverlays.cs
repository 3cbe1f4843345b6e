using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>Overlays that come with the software, and versions that come with it under overlays that somebody made here.</summary>
internal sealed class BuildOverlays(RuleCatalog rules)
{
    /// <summary>What is wrong with overlays among the files, as far as it can be told without exploring.</summary>
    public static IEnumerable<FileProblem> Problems(Dictionary<(string, string), object> known, IReadOnlyList<DefinitionFile> files, IReadOnlyList<WorkflowDefinition> workflows)
    {
        NamedWorkflows named = NamedWorkflows.Among(workflows);
        List<(string Path, Overlay Overlay)> overlays = [.. files.Where(x => x.Kind == RuleName.Overlay && PublishDefinitions.Reads(x)).Select(x => (x.Path, Overlay.Read(x.Text)))];
        StatutorySteps? table = known.GetValueOrDefault((StatutorySteps.Kind, StatutorySteps.Required)) as StatutorySteps;
        foreach ((string path, Overlay overlay) in overlays)
        {
            List<WorkflowDefinition> baselines = [.. workflows.Where(x => x.DefinitionId == overlay.Workflow && overlay.IsFor(x.Version))];
            if (baselines.Count == 0)
            {
                yield return new FileProblem(path, "baseline-unknown", $"Expected a version of {overlay.Workflow} from {overlay.FirstBaseline}, but there is none.");
            }
            IReadOnlyList<Overlay> on = [.. overlays.Select(x => x.Overlay).Where(x => x.Workflow == overlay.Workflow)];
            foreach (OverlayProblem problem in baselines.SelectMany(baseline => OverlayChoice.Sets(on, baseline.Version).Where(set => set.Contains(overlay)).SelectMany(set => Of(baseline, set))).DistinctBy(x => x.Words))
            {
                yield return new FileProblem(path, problem.Code, problem.Words);
            }
        }

        IEnumerable<OverlayProblem> Of(WorkflowDefinition baseline, IReadOnlyList<Overlay> set)
        {
            OverlayMerged merged = MergeOverlays.Onto(baseline, set);
            IReadOnlyList<StatutoryStep> required = RequiredKept.Of(table, baseline.DefinitionId, set.Min(x => x.EffectiveFrom));
            return [.. merged.Problems, .. set.SelectMany(x => RequiredKept.Problems(baseline, x, required)), .. RequiredKept.Lost(baseline, merged.Definition, required),
                .. Verification.Of(merged.Definition, (kind, id) => known.GetValueOrDefault((kind, id)), named).Problems.Select(x => new OverlayProblem(x.Code, x.Message, null, x.ActivityId))];
        }
    }

    public static async Task<string?> PublishAsync(CaseDb db, DefinitionFile file, DateTimeOffset now, List<string> added, CancellationToken ct)
    {
        string hash = file.Hash();
        if (await db.PublishedOverlays.FindAsync([file.Id, file.Version], ct) is { } known)
        {
            return known.Hash == hash ? null : $"Expected overlay {file.Id} {file.Version} with the published hash {known.Hash}, but the file has {hash}. Give the change a new number.";
        }
        added.Add(file.Path);
        Overlay overlay = Overlay.Read(file.Text);
        db.Add(PublishedOverlay.Of(overlay, hash, file.Text, now));
        await OverlayOwner.KeepAsync(db, new RuleName(file.Kind, file.Id), OverlayOwner.Of(overlay), ct);
        return null;
    }

    public static string WorkflowOf(DefinitionFile file) => file.Kind == RuleName.Overlay ? OverlayName.WorkflowOf(file.Id)! : file.Id;

    /// <summary>Workflows among these on which an overlay stands that did not come with the software: whether it fits is asked before anything is released.</summary>
    public static async Task<IReadOnlySet<string>> ForeignAsync(CaseDb db, IReadOnlyList<DefinitionFile> files, IReadOnlyList<DefinitionFile> workflows, CancellationToken ct)
    {
        HashSet<(string, int)> own = [.. files.Where(x => x.Kind == RuleName.Overlay).Select(x => (x.Id, x.Version))];
        HashSet<string> ids = [.. workflows.Select(x => x.Id)];
        return (await db.PublishedOverlays.AsNoTracking().Where(x => x.RetiredAt == null).Select(x => new { x.Id, x.Version, x.Workflow }).ToListAsync(ct))
            .Where(x => ids.Contains(x.Workflow) && !own.Contains((x.Id, x.Version))).Select(x => x.Workflow).ToHashSet();
    }

    /// <summary>Makes what workflows are with the overlays, where a version or an overlay is new.</summary>
    public static async Task MakeAsync(CaseDb db, IEnumerable<DefinitionFile> added, DateTimeOffset now, CancellationToken ct)
    {
        foreach (string workflow in added.Where(x => x.Kind is "workflow" or RuleName.Overlay).Select(WorkflowOf).Distinct().ToList())
        {
            if (await OverlayBook.OnAsync(db, workflow, ct) is { Count: > 0 } overlays
                && await EffectiveVersions.MakeAsync(db, workflow, await OverlayBook.BaselinesAsync(db, workflow, ct), overlays, now, ct) is { } problem)
            {
                throw new InvalidOperationException($"Expected the overlays of {workflow} to fit its versions, but: {problem.Words}");
            }
        }
    }

    /// <summary>Releases versions under overlays that were made here where those fit; says of the others why they wait.</summary>
    public async Task<IReadOnlyList<string>> ReleaseAsync(CaseDb db, IReadOnlyList<DefinitionFile> files, DateTimeOffset now, DateTimeOffset business, CancellationToken ct)
    {
        List<string> withheld = [];
        OverlayCheck check = new(rules, new OverlaySetCheck(rules, new DefinitionCheck(rules, new SoundnessVerdicts(Timeout.InfiniteTimeSpan), TimeProvider.System), new TraceVerdicts(Timeout.InfiniteTimeSpan)), new TermsCheck(new ReferenceStore()));
        List<DefinitionFile> fitting = [];
        foreach (DefinitionFile file in files)
        {
            if (await check.FitAsync(db, DefinitionReader.Read(file.Text), waits: true, ct) is { State: CheckState.Failed } unfit)
            {
                withheld.AddRange(unfit.Problems.Select(x => $"{file.Id} {file.Version} is published and not released. {x.Message}"));
                continue;
            }
            fitting.Add(file);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        foreach (DefinitionFile file in fitting)
        {
            _ = await EffectiveVersions.MakeAsync(db, file.Id, [DefinitionReader.Read(file.Text)], await OverlayBook.OnAsync(db, file.Id, ct), now, ct);
        }
        await BuildReleases.EnterAsync(db, fitting, now, business, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return withheld;
    }
}
