using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Overlays;

/// <summary>Verifies an overlay on every version of its workflow that it is for, alone and with each overlay that a case could have beside it.</summary>
public sealed class OverlayCheck(RuleCatalog rules, OverlaySetCheck sets, TermsCheck owners)
{
    private const string Structure = "Structure";
    private const string Owner = "Whose it is";
    private const string Doing = "Operations";
    private const string Law = "Steps that the law requires";
    private const string Result = "The workflow with it";
    private const string Sound = "Soundness";
    private const string Source = "Legal source and first day";
    private const string Fit = "Overlays of forces and areas";

    public async Task<Verification> RunAsync(CaseDb db, RuleName rule, JsonObject file, bool waits, CancellationToken ct)
    {
        await rules.FollowAsync(db, ct);
        IReadOnlyList<RuleProblem> structure = RuleStructure.Problems(rule, file, out object? read);
        if (read is not Overlay overlay)
        {
            return new Verification([RuleCheck.Line(Structure, structure), .. ((string[])[Owner, Doing, Law, Result, Sound, Source]).Select(CheckLine.NotChecked)]);
        }
        IReadOnlyList<Overlay> others = [.. (await OverlayBook.OnAsync(db, overlay.Workflow, ct)).Where(x => x.Id != overlay.Id)];
        List<OverlayFindings> found = [];
        IReadOnlyList<WorkflowDefinition> baselines = await BaselinesAsync(db, overlay, ct);
        foreach (WorkflowDefinition baseline in baselines.Where(x => overlay.IsFor(x.Version)))
        {
            foreach (IReadOnlyList<Overlay> set in OverlayChoice.Sets([overlay, .. others], baseline.Version).Where(x => x.Contains(overlay)))
            {
                found.Add(await sets.OfAsync(db, baseline, set, waits, ct));
            }
        }
        bool isFirst = !await db.PublishedOverlays.AnyAsync(x => x.Id == overlay.Id, ct);
        return new Verification(
        [
            RuleCheck.Line(Structure, structure),
            RuleCheck.Line(Owner, [.. await OwnerAsync(db, overlay, ct)]),
            Line(Doing, [.. Reach(overlay, baselines), .. Said(overlay, found, x => x.Operations)]),
            OfLaw(overlay, found),
            Line(Result, [.. Said(overlay, found, x => (x.Verified?.Checks.Where(line => line.Name != Sound) ?? []).SelectMany(line => line.Problems).Select(Of))]),
            OfSoundness(overlay, found),
            RuleCheck.Line(Source, [.. RuleCheck.Law(file, isFirst)]),
        ]);
    }

    /// <summary>Which overlays would no longer fit a version of their workflow that somebody wants to publish; null where it has none.</summary>
    public async Task<CheckLine?> FitAsync(CaseDb db, WorkflowDefinition baseline, bool waits, CancellationToken ct)
    {
        IReadOnlyList<Overlay> overlays = await OverlayBook.OnAsync(db, baseline.DefinitionId, ct);
        if (overlays.Count == 0)
        {
            return null;
        }
        List<OverlayFindings> found = [];
        foreach (IReadOnlyList<Overlay> set in OverlayChoice.Sets(overlays, baseline.Version))
        {
            found.Add(await sets.OfAsync(db, baseline, set, waits, ct));
        }
        List<DefinitionProblem> problems =
        [
            .. OverlayChoice.Missing(overlays, baseline.Version).Select(x => new DefinitionProblem("overlay-missing",
                $"“{x.Title.En}” ({x.Id} {x.Version}) is not made for version {baseline.Version}, so that cases of {x.Owner} would silently be without it. {Remedy}")),
            .. found.SelectMany(x => x.All.Where(_ => x.Verified?.IsRunning != true).Select(problem => new DefinitionProblem("overlay-unfit",
                $"“{x.Set[^1].Title.En}” ({x.Set[^1].Id} {x.Set[^1].Version}) no longer fits. {problem.Words} {Remedy}", problem.Activity))),
        ];
        return problems.Count > 0 ? CheckLine.Of(Fit, problems) : new CheckLine(Fit, StateOf(found, x => x.Verified?.IsRunning == true || x.TracesRunning, x => x.Verified?.NeedsAnotherApprover == true || x.Traces?.Kind == TraceKind.Unknown), []);
    }

    private const string Remedy = "Publish a version of the overlay that fits, or retire it; until then this version cannot be published.";

    private static async Task<IReadOnlyList<WorkflowDefinition>> BaselinesAsync(CaseDb db, Overlay overlay, CancellationToken ct)
    {
        IReadOnlyList<WorkflowDefinition> published = await OverlayBook.BaselinesAsync(db, overlay.Workflow, ct);
        return published.Count > 0 && await OverlayBook.ComingAsync(db, overlay.Workflow, ct) is { } coming && coming.Version > published[0].Version && overlay.FirstBaseline >= coming.Version ? [coming, .. published] : published;
    }

    private async Task<List<RuleProblem>> OwnerAsync(CaseDb db, Overlay overlay, CancellationToken ct)
    {
        ReleaseChoices choices = await owners.ChoicesAsync(db, ct);
        return (overlay.Level == OverlayLevel.Force ? choices.Forces.Any(x => x.Id == overlay.Owner) : choices.Areas.Contains(overlay.Owner))
            ? []
            : [new RuleProblem("", $"The force or area: there is no {(overlay.Level == OverlayLevel.Force ? "police force with the id" : "area called")} “{overlay.Owner}”. Choose one that is known.") { Member = "owner" }];
    }

    private static IEnumerable<DefinitionProblem> Reach(Overlay overlay, IReadOnlyList<WorkflowDefinition> baselines)
    {
        if (!baselines.Any(x => overlay.IsFor(x.Version)))
        {
            yield return new DefinitionProblem("baseline-unknown", $"No version of “{overlay.Workflow}” from {overlay.FirstBaseline} {(overlay.LastBaseline is { } last ? $"to {last} " : "")}is published, asked for or drawn. Name versions that are.") { Field = "firstBaseline" };
        }
        else if (baselines.Max(x => x.Version) > overlay.LastBaseline)
        {
            yield return new DefinitionProblem("baseline-passed", $"Version {baselines.Max(x => x.Version)} of “{overlay.Workflow}” is published, and the overlay ends with {overlay.LastBaseline}: new cases would be without it. Make it for that version as well.") { Field = "lastBaseline" };
        }
    }

    private static CheckLine OfLaw(Overlay overlay, List<OverlayFindings> found)
    {
        List<DefinitionProblem> problems = [.. Said(overlay, found, x => x.Required)];
        return problems.Count > 0 ? CheckLine.Of(Law, problems)
            : found.Any(x => x.Verified is null || (x.Traces is null && !x.TracesRunning)) || found.Count == 0 ? CheckLine.NotChecked(Law)
            : new CheckLine(Law, StateOf(found, x => x.TracesRunning, x => x.Traces!.Kind == TraceKind.Unknown), []) { Note = found.FirstOrDefault(x => x.Traces?.Kind == TraceKind.Unknown)?.Traces!.Message };
    }

    private static CheckLine OfSoundness(Overlay overlay, List<OverlayFindings> found)
    {
        List<CheckLine> lines = [.. found.SelectMany(x => x.Verified?.Checks.Where(line => line.Name == Sound) ?? [])];
        List<DefinitionProblem> problems = [.. Said(overlay, found, x => (x.Verified?.Checks.Where(line => line.Name == Sound) ?? []).SelectMany(line => line.Problems).Select(Of))];
        return problems.Count > 0 ? CheckLine.Of(Sound, problems)
            : lines.Count < found.Count || lines.Count == 0 || lines.Any(x => x.State == CheckState.NotChecked) ? CheckLine.NotChecked(Sound)
            : new CheckLine(Sound, StateOf(lines, x => x.State == CheckState.Running, x => x.State == CheckState.Doubtful), []) { Note = found.Select(x => x.Verified?.Soundness?.Reason).FirstOrDefault(x => x is not null) };
    }

    private static CheckState StateOf<T>(IReadOnlyList<T> all, Func<T, bool> runs, Func<T, bool> doubts) =>
        all.Any(runs) ? CheckState.Running : all.Any(doubts) ? CheckState.Doubtful : CheckState.Passed;

    private static CheckLine Line(string name, IReadOnlyList<DefinitionProblem> problems) => CheckLine.Of(name, problems);

    private static OverlayProblem Of(DefinitionProblem problem) => new(problem.Code, problem.Message, null, problem.ActivityId);

    // The same of several versions is said once, of the newest.
    private static IEnumerable<DefinitionProblem> Said(Overlay overlay, IEnumerable<OverlayFindings> found, Func<OverlayFindings, IEnumerable<OverlayProblem>> which) =>
        found.SelectMany(x => which(x).Select(problem => (Findings: x, Problem: problem))).DistinctBy(x => (x.Problem.Code, x.Problem.Words)).Select(x =>
            new DefinitionProblem(x.Problem.Code, x.Findings.Where(overlay) + x.Problem.Words, x.Problem.Activity, PlaceOf(overlay, x.Problem.Operation)));

    private static string? PlaceOf(Overlay overlay, string? operation) =>
        overlay.Operations.Index().FirstOrDefault(x => x.Item.Id == operation) is { Item: not null, Index: var index } ? FormattableString.Invariant($"operations/{index}") : null;
}
