using Assize.Workflows.Storage;

namespace Assize.Host.Operations.DefinitionCommands;

internal static class VerifyFiles
{
    public static async Task<int> RunAsync(HostSettings settings, string[] named, TextWriter output)
    {
        var files = GatheredFiles.From(settings.DefinitionsFolder, named);
        var problems = PublishDefinitions.Verify(files.All).Where(problem => files.Asked?.Contains(problem.Path) != false).ToList();
        await DefinitionsCommand.WriteAsync(problems, output);
        await output.WriteLineAsync(problems.Count == 0 ? $"Structure: no problems in {files.Count} files." : $"Structure: {problems.Count} problems.");
        await output.WriteLineAsync("Soundness: not checked. Rehearsal on open cases: not checked.");
        return problems.Count == 0 ? 0 : DefinitionsCommand.Failed;
    }
}
