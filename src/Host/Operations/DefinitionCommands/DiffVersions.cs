using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;

namespace Assize.Host.Operations.DefinitionCommands;

internal static class DiffVersions
{
    public static async Task<int> RunAsync(HostSettings settings, string one, string other, TextWriter output, CancellationToken ct)
    {
        var (was, now) = (await TextAsync(settings, one, ct), await TextAsync(settings, other, ct));
        if (RuleFiles.NameOf(now) is ({ Kind: RuleName.Overlay }, _) && RuleFiles.NameOf(was) is null)
        {
            return await OverlaidAsync(GatheredFiles.Read(one, was), (other, now), output);
        }
        if (RuleFiles.NameOf(was) is var (rule, _))
        {
            return await RulesAsync(rule, was, now, (one, other), output);
        }

        var (older, newer) = (GatheredFiles.Read(one, was), GatheredFiles.Read(other, now));
        if (older.DefinitionId != newer.DefinitionId)
        {
            await output.WriteLineAsync($"Expected two versions of one workflow, but {one} is {older.DefinitionId} and {other} is {newer.DefinitionId}.");
            return DefinitionsCommand.Failed;
        }

        var changes = DefinitionDiff.Between(older, newer, CaseActivities.Table.Catalog);
        var redrawn = changes.Count(change => change.Kind == ChangeKind.Redrawn);
        foreach (var change in changes.Where(change => change.Kind != ChangeKind.Redrawn))
        {
            await output.WriteLineAsync(change.Words);
        }

        await output.WriteLineAsync($"{changes.Length - redrawn} changes from {older.DefinitionId} {older.Version} to {newer.Version}, and {redrawn} to its drawing only.");
        return 0;
    }

    private static async Task<int> OverlaidAsync(WorkflowDefinition baseline, (string Named, string Text) said, TextWriter output)
    {
        var overlay = OverlayFiles.Read(said.Named, said.Text);
        if (overlay.Workflow != baseline.DefinitionId || !overlay.IsFor(baseline.Version))
        {
            await output.WriteLineAsync($"Expected a version of {overlay.Workflow} from {overlay.FirstBaseline}, for which {said.Named} is made, but it is {baseline.DefinitionId} {baseline.Version}.");
            return DefinitionsCommand.Failed;
        }
        var merged = MergeOverlays.Onto(baseline, overlay);
        await DefinitionsCommand.WriteAsync(merged.Problems.Select(problem => new FileProblem(said.Named, problem.Code, problem.Words)), output);
        foreach (var change in DefinitionDiff.Between(baseline, merged.Definition, CaseActivities.Table.Catalog).Where(change => change.Kind != ChangeKind.Redrawn))
        {
            await output.WriteLineAsync(change.Words);
        }
        return merged.Problems.Count == 0 ? 0 : DefinitionsCommand.Failed;
    }

    private static async Task<int> RulesAsync(RuleName rule, string was, string now, (string One, string Other) named, TextWriter output)
    {
        if (RuleFiles.NameOf(now) is not var (other, _) || other.Kind != rule.Kind)
        {
            await output.WriteLineAsync($"Expected two of one kind, but {named.One} is a {rule.Kind}, and {named.Other} is none.");
            return DefinitionsCommand.Failed;
        }

        var changes = RuleDiff.Between(rule.Kind, RuleJson.Read(was)!, RuleJson.Read(now)!);
        foreach (var change in changes)
        {
            await output.WriteLineAsync(change);
        }

        await output.WriteLineAsync($"{changes.Count} changes from {named.One} to {named.Other}.");
        return 0;
    }

    private static async Task<string> TextAsync(HostSettings settings, string named, CancellationToken ct) =>
        File.Exists(named) ? await File.ReadAllTextAsync(named, ct) : await ExportVersion.TextAsync(settings, named, ct);
}
