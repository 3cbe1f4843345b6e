using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;

namespace Assize.Host.Operations.DefinitionCommands;

/// <summary><c>definitions verify|publish|diff|export</c>: for teams that keep definitions as files.</summary>
internal static class DefinitionsCommand
{
    internal const int Failed = 1;
    private const int Usage = 2;

    private const string Help = """
        Expected one of
          definitions verify [file …]         says what is wrong; without files it takes the whole folder
          definitions publish [file …]        publishes what came with the software; asks a process owner to approve any other file
          definitions diff <one> <other>      says what changed; each is a file, or a published version as <id>@<version>
                                              (of a form, decision table, calendar, code list or overlay: table:<id>@<version>);
                                              of a workflow and an overlay on it, what the overlay makes of it
          definitions export <id>[@<version>] writes a published version, exactly as it was published; the newest without a version;
                                              of a code list that was never published here, what is in force, to begin with
        """;

    public static async Task<int> RunAsync(HostSettings settings, string[] args, TextWriter output, CancellationToken ct)
    {
        try
        {
            return args switch
            {
                ["verify", .. var named] => await VerifyFiles.RunAsync(settings, named, output),
                ["publish", .. var named] => await PublishFiles.RunAsync(settings, named, output, ct),
                ["diff", var one, var other] => await DiffVersions.RunAsync(settings, one, other, output, ct),
                ["export", var version] => await ExportVersion.RunAsync(settings, version, output, ct),
                _ => await UsageAsync(output),
            };
        }
        catch (FilesUnreadable unreadable)
        {
            await WriteAsync(unreadable.Problems, output);
            return Failed;
        }
        catch (Exception missing) when (missing is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(missing.Message);
            return Failed;
        }
    }

    internal static async Task WriteAsync(IEnumerable<FileProblem> problems, TextWriter output)
    {
        foreach (var problem in problems)
        {
            await output.WriteLineAsync($"{problem.Path}: {problem.Code}: {problem.Message}");
        }
    }

    private static async Task<int> UsageAsync(TextWriter output)
    {
        await output.WriteLineAsync(Help);
        return Usage;
    }
}

/// <summary>Named files that are no definitions; every one of them is told of.</summary>
internal sealed class FilesUnreadable(IReadOnlyList<FileProblem> problems) : Exception($"Expected {problems[0].Path} to be a definition, but it is not.")
{
    public IReadOnlyList<FileProblem> Problems { get; } = problems;
}

/// <summary>The files that a command is about, among those that they may refer to.</summary>
/// <param name="Asked">Paths of the named ones; null where the whole folder was meant.</param>
/// <param name="Others">The named ones that did not come with the software.</param>
internal sealed record GatheredFiles(IReadOnlyList<DefinitionFile> All, HashSet<string>? Asked, IReadOnlyList<DefinitionFile> Others)
{
    public int Count => Asked?.Count ?? All.Count;

    // A named file stands in for the folder's of the same number; the rest of the folder is there for what it refers to.
    public static GatheredFiles From(string folder, string[] named)
    {
        IReadOnlyList<DefinitionFile> known = Directory.Exists(folder) ? DefinitionFiles.Read(folder) : [];
        if (named.Length == 0)
        {
            return new GatheredFiles(known, null, []);
        }

        var own = ReadAll(named);
        return new GatheredFiles(
            [.. known.Where(file => !own.Any(other => (other.Kind, other.Id, other.Version) == (file.Kind, file.Id, file.Version))), .. own],
            [.. own.Select(file => file.Path)],
            [.. own.Where(file => !known.Any(other => (other.Kind, other.Id, other.Version, other.Text) == (file.Kind, file.Id, file.Version, file.Text)))]);
    }

    private static List<DefinitionFile> ReadAll(string[] paths)
    {
        List<DefinitionFile> files = [];
        List<FileProblem> problems = [];
        foreach (var path in paths)
        {
            try
            {
                files.Add(ReadOne(path));
            }
            catch (FilesUnreadable unreadable)
            {
                problems.AddRange(unreadable.Problems);
            }
        }

        return problems.Count == 0 ? files : throw new FilesUnreadable(problems);
    }

    private static DefinitionFile ReadOne(string path)
    {
        var text = File.ReadAllText(path);
        if (RuleFiles.NameOf(text) is var (rule, version))
        {
            return new DefinitionFile(rule.Kind, rule.Id, version, path, text);
        }

        var definition = Read(path, text);
        return new DefinitionFile("workflow", definition.DefinitionId, definition.Version, path, text);
    }

    /// <exception cref="FilesUnreadable">The text is no definition; named as what it is called.</exception>
    public static WorkflowDefinition Read(string named, string text)
    {
        try
        {
            return DefinitionReader.Read(text);
        }
        catch (DefinitionUnreadable unreadable)
        {
            throw new FilesUnreadable([.. unreadable.Problems.Select(problem => new FileProblem(named, problem.Code, $"{problem.Pointer} {problem.Message}".TrimStart()))]);
        }
    }
}
