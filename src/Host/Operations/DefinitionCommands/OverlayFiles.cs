using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Host.Operations.DefinitionCommands;

/// <summary>Overlays as files: what their workflows are with them, alone and with each of the others.</summary>
internal static class OverlayFiles
{
    /// <exception cref="FilesUnreadable">The text is no overlay; everything that is wrong is told.</exception>
    public static Overlay Read(string named, string text)
    {
        try
        {
            return Overlay.Read(text);
        }
        catch (RuleFileUnreadable unreadable)
        {
            throw new FilesUnreadable([.. unreadable.Problems.Select(problem => new FileProblem(named, "unreadable", problem))]);
        }
    }

    /// <summary>Writes a verdict for each set of overlays on each version; true where one of them loses a required step's trace or is unsound.</summary>
    public static async Task<bool> WriteAsync(GatheredFiles files, TextWriter output)
    {
        var workflows = files.All.Where(file => file.Kind == "workflow").Select(file => DefinitionReader.Read(file.Text)).ToList();
        var table = files.All.Where(file => file.Kind == StatutorySteps.Kind).MaxBy(file => file.Version) is { } law ? StatutorySteps.Read(law.Text) : null;
        var overlays = files.All.Where(file => file.Kind == RuleName.Overlay).ToDictionary(file => Read(file.Path, file.Text), file => file.Path);
        var broken = false;
        foreach (var baseline in workflows)
        {
            IReadOnlyList<Overlay> on = [.. overlays.Keys.Where(overlay => overlay.Workflow == baseline.DefinitionId)];
            foreach (var set in OverlayChoice.Sets(on, baseline.Version).Where(set => files.Asked is null || set.Any(overlay => files.Asked.Contains(overlays[overlay]))))
            {
                broken |= await WriteAsync(baseline, set, table, workflows, output);
            }
        }

        return broken;
    }

    private static async Task<bool> WriteAsync(WorkflowDefinition baseline, IReadOnlyList<Overlay> set, StatutorySteps? table, List<WorkflowDefinition> workflows, TextWriter output)
    {
        var merged = MergeOverlays.Onto(baseline, set);
        if (merged.Problems.Count > 0)
        {
            // The structure has told them.
            return true;
        }

        var required = (table?.Steps ?? []).Where(step => step.Workflow == baseline.DefinitionId && step.To is null).Select(step => step.Step).ToHashSet();
        var known = NamedWorkflows.Among(workflows);
        var traces = new TraceVerdicts().WorkOut(new TraceQuestion(baseline, merged.Definition, required, known));
        var sound = WorkflowSoundness.Of(merged.Definition, known);
        await output.WriteLineAsync($"Overlays: {baseline.DefinitionId} {baseline.Version} with {string.Join(" and ", set.Select(overlay => $"{overlay.Id} {overlay.Version}"))}: the steps that the law requires are {Word(traces.Kind)}; it is {sound.Kind.ToString().ToLowerInvariant()}. {traces.Message}".TrimEnd());
        foreach (var finding in sound.Findings)
        {
            await output.WriteLineAsync($"  {finding.Code}: {finding.ActivityId}: {finding.Message}");
        }

        return traces.Kind == TraceKind.Broken || sound.Kind == SoundnessKind.Unsound;
    }

    private static string Word(TraceKind kind) => kind switch
    {
        TraceKind.Kept => "kept",
        TraceKind.Broken => "not kept",
        _ => "not known to be kept, so it needs one approver more than usual",
    };
}
