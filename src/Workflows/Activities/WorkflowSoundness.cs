using System.Collections.Immutable;
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
    /// <param name="held">Whether somebody holds a role; null where nobody can be asked, and the roles are taken to be held.</param>
    /// <param name="bounds">How far to look; the usual bounds where null.</param>
    public static SoundnessVerdict Of(
        WorkflowDefinition definition, Func<string, string, object?> find, Func<string, bool>? held = null, SoundnessBounds? bounds = null)
    {
        SoundnessVerdict verdict = new SoundnessCheck(CaseActivities.Table, (id, _) => find("workflow", id) as WorkflowDefinition, bounds).Of(definition);
        ImmutableArray<SoundnessFinding> empty = [.. held is null ? [] : EmptyLanes(definition, held)];
        return empty.IsEmpty ? verdict : verdict with { Kind = SoundnessKind.Unsound, Reason = null, Findings = [.. verdict.Findings, .. empty] };
    }

    private static IEnumerable<SoundnessFinding> EmptyLanes(WorkflowDefinition definition, Func<string, bool> held) =>
        from node in DefinitionUse.Nodes(definition.Root)
        where node.Type is "Assize.CaseTask" or "Assize.Hearing"
        let role = DefinitionUse.Literal(node, "role")
        where role is { Length: > 0 } && !held(role)
        select new SoundnessFinding("lane-empty", node.Id, $"“{node.DisplayText}” waits for ever: nobody holds the role “{role}”.", []);
}
