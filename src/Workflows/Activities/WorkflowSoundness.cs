using Assize.Engine.Definitions;
using Assize.Engine.Soundness;

namespace Assize.Workflows.Activities;

/// <summary>Whether a workflow can always come to a proper end, by the steps of the engine and the conduct of every activity of ours.</summary>
public static class WorkflowSoundness
{
    // Published before this was asked, and never edited: a review that is being checked counts as done meanwhile. The next version must not.
    private static readonly (string Id, int Version)[] s_olderThanTheRule = [("mags-charged", 1), ("mags-charged", 2)];

    public static bool IsOlderThanTheRule(string id, int version) => s_olderThanTheRule.Contains((id, version));

    /// <param name="workflows">A published workflow, as a step names it.</param>
    /// <param name="bounds">How far to look; the usual bounds where null.</param>
    public static SoundnessVerdict Of(WorkflowDefinition definition, NamedWorkflows workflows, SoundnessBounds? bounds = null) =>
        new SoundnessCheck(CaseActivities.Table, workflows.Find, bounds).Of(definition);
}
