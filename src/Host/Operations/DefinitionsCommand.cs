using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;

namespace Assize.Host.Operations;

/// <summary><c>definitions verify|publish [file …]</c>: how a definition file gets in. Without files it takes the whole folder.</summary>
internal static class DefinitionsCommand
{
    private const int Usage = 2;

    public static async Task<int> RunAsync(HostSettings settings, string[] args, TextWriter output, CancellationToken ct)
    {
        if (args is not ["verify" or "publish", .. var named])
        {
            await output.WriteLineAsync("Expected definitions verify or definitions publish, with files or without.");
            return Usage;
        }

        try
        {
            var files = Gather(settings.DefinitionsFolder, named, out var asked);
            return args[0] == "verify" ? await VerifyAsync(files, asked, output) : await PublishAsync(settings, files, asked, output, ct);
        }
        catch (DefinitionUnreadable unreadable)
        {
            foreach (var problem in unreadable.Problems)
            {
                await output.WriteLineAsync($"{problem.Pointer}: {problem.Code}: {problem.Message}");
            }

            return 1;
        }
        catch (Exception missing) when (missing is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(missing.Message);
            return 1;
        }
    }

    // A named file stands in for the folder's of the same number; the rest of the folder is there for what it refers to.
    private static IReadOnlyList<DefinitionFile> Gather(string folder, string[] named, out HashSet<string>? asked)
    {
        IReadOnlyList<DefinitionFile> known = Directory.Exists(folder) ? DefinitionFiles.Read(folder) : [];
        if (named.Length == 0)
        {
            asked = null;
            return known;
        }

        var own = named.Select(ReadOne).ToList();
        asked = [.. own.Select(file => file.Path)];
        return [.. known.Where(file => !own.Any(other => (other.Kind, other.Id, other.Version) == (file.Kind, file.Id, file.Version))), .. own];
    }

    private static DefinitionFile ReadOne(string path)
    {
        var text = File.ReadAllText(path);
        var definition = DefinitionReader.Read(text);
        return new DefinitionFile("workflow", definition.DefinitionId, definition.Version, path, text);
    }

    private static async Task<int> VerifyAsync(IReadOnlyList<DefinitionFile> files, HashSet<string>? asked, TextWriter output)
    {
        var problems = PublishDefinitions.Verify(files).Where(problem => asked?.Contains(problem.Path) != false).ToList();
        await WriteAsync(problems, output);
        await output.WriteLineAsync(problems.Count == 0 ? $"Structure: no problems in {asked?.Count ?? files.Count} files." : $"Structure: {problems.Count} problems.");
        await output.WriteLineAsync("Soundness: not checked. Rehearsal on open cases: not checked.");
        return problems.Count == 0 ? 0 : 1;
    }

    private static async Task<int> PublishAsync(
        HostSettings settings, IReadOnlyList<DefinitionFile> files, HashSet<string>? asked, TextWriter output, CancellationToken ct)
    {
        await using var database = CaseDatabase.Open(settings.Database, settings.SqlitePath);
        await database.MigrateAsync(ct);
        await using var db = database.CreateDbContext();
        var published = await new PublishDefinitions(new RuleCatalog()).RunAsync(db, files, Caller.Assize.Subject, TimeProvider.System.GetUtcNow(), ct);
        await WriteAsync(published.Problems, output);
        foreach (var path in published.Added)
        {
            await output.WriteLineAsync($"Published {path}.");
        }

        if (published is { Problems.Count: 0, Added.Count: 0 })
        {
            await output.WriteLineAsync($"Nothing new: {(asked is null ? "every file is" : "it is")} published already.");
        }

        return published.Problems.Count == 0 ? 0 : 1;
    }

    private static async Task WriteAsync(IEnumerable<FileProblem> problems, TextWriter output)
    {
        foreach (var problem in problems)
        {
            await output.WriteLineAsync($"{problem.Path}: {problem.Code}: {problem.Message}");
        }
    }
}
