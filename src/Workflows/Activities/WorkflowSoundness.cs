using Assize.Engine.Definitions;
using Assize.Engine.Soundness;

namespace Assize.Workflows.Activities;

/// <summary>Whether a workflow can always come to a proper end, by the steps of the engine and the conduct of every activity of ours.</summary>
public static class WorkflowSoundness
{
    // Published before this was asked, and never edited: a review that is being checked counts as done meanwhile. The next version must not.
    private static readonly (string Id, int Version)[] s_olderThanTheRule = [("mags-charged", 1), ("mags-charged", 2)];

    public static bool IsOlderThanTheRule(string id, int version) => s_olderThanTheRule.Contains((id, version));

    /// <param name="find">A published workflow, form, table or calendar by kind and id; null where there is none.</param>
    /// <param name="bounds">How far to look; the usual bounds where null.</param>
    public static SoundnessVerdict Of(WorkflowDefinition definition, Func<string, string, object?> find, SoundnessBounds? bounds = null) =>
        new SoundnessCheck(CaseActivities.Table, (id, _) => find("workflow", id) as WorkflowDefinition, bounds).Of(definition);
}
