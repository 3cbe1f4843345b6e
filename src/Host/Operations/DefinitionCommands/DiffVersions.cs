using Assize.Engine.Definitions.Diff;
using Assize.Workflows.Activities;
using Assize.Workflows.Rules;

namespace Assize.Host.Operations.DefinitionCommands;

internal static class DiffVersions
{
    public static async Task<int> RunAsync(HostSettings settings, string one, string other, TextWriter output, CancellationToken ct)
    {
        var (was, now) = (await TextAsync(settings, one, ct), await TextAsync(settings, other, ct));
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
