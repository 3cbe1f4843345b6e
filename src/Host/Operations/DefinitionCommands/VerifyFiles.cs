using Assize.Engine.Soundness;
using Assize.Workflows.Activities;
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
        var unsound = await SoundnessAsync(files, output);
        unsound |= await OverlayFiles.WriteAsync(files, output);
        await output.WriteLineAsync("Rehearsal on open cases: not checked.");
        return problems.Count == 0 && !unsound ? 0 : DefinitionsCommand.Failed;
    }

    /// <summary>Writes a verdict for each workflow; true where one of them is unsound.</summary>
    private static async Task<bool> SoundnessAsync(GatheredFiles files, TextWriter output)
    {
        var unsound = false;
        foreach (var (file, verdict) in PublishDefinitions.Soundness(files.All, file => files.Asked?.Contains(file.Path) != false))
        {
            unsound |= verdict.Kind == SoundnessKind.Unsound && !WorkflowSoundness.IsOlderThanTheRule(file.Id, file.Version);
            await output.WriteLineAsync($"Soundness: {file.Path} is {Word(verdict.Kind)} ({verdict.Effort.States} states, {verdict.Effort.Steps} steps). {verdict.Reason}".TrimEnd());
            foreach (var finding in verdict.Findings)
            {
                await output.WriteLineAsync($"  {finding.Code}: {finding.ActivityId}: {finding.Message}");
            }
        }

        return unsound;
    }

    private static string Word(SoundnessKind kind) => kind switch
    {
        SoundnessKind.Sound => "sound",
        SoundnessKind.Unsound => "unsound",
        _ => "unknown, so it needs one approver more than usual",
    };
}
