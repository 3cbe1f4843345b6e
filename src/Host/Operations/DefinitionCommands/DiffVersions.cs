using Assize.Engine.Definitions.Diff;
using Assize.Workflows.Activities;

namespace Assize.Host.Operations.DefinitionCommands;

internal static class DiffVersions
{
    public static async Task<int> RunAsync(HostSettings settings, string one, string other, TextWriter output, CancellationToken ct)
    {
        var older = GatheredFiles.Read(one, await TextAsync(settings, one, ct));
        var newer = GatheredFiles.Read(other, await TextAsync(settings, other, ct));
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

    private static async Task<string> TextAsync(HostSettings settings, string named, CancellationToken ct) =>
        File.Exists(named) ? await File.ReadAllTextAsync(named, ct) : await ExportVersion.TextAsync(settings, named, ct);
}
