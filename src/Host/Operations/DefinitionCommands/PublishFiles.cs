using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Host.Operations.DefinitionCommands;

internal static class PublishFiles
{
    public static async Task<int> RunAsync(HostSettings settings, string[] named, TextWriter output, CancellationToken ct)
    {
        var files = GatheredFiles.From(settings.DefinitionsFolder, named);
        await using var database = CaseDatabase.Open(settings.Database, settings.SqlitePath);
        await database.MigrateAsync(ct);
        await using var db = database.CreateDbContext();
        var published = await new PublishDefinitions(new RuleCatalog()).RunAsync(db, files.All, Caller.Assize.Subject, TimeProvider.System.GetUtcNow(), ct);
        await DefinitionsCommand.WriteAsync(published.Problems, output);
        foreach (var path in published.Added)
        {
            await output.WriteLineAsync($"Published {path}.");
        }

        if (published is { Problems.Count: 0, Added.Count: 0 })
        {
            await output.WriteLineAsync($"Nothing new: {(files.Asked is null ? "every file is" : "it is")} published already.");
        }

        return published.Problems.Count == 0 ? 0 : DefinitionsCommand.Failed;
    }
}
