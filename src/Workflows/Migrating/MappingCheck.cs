using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Workflows.Migrating;

/// <summary>Whether a mapping names steps that there are.</summary>
internal static class MappingCheck
{
    /// <param name="targets">The new version, and what it is with overlays on it.</param>
    /// <param name="olds">The versions that cases run on.</param>
    public static IReadOnlyList<string> Of(StepMapping mapping, IEnumerable<WorkflowDefinition> targets, IEnumerable<WorkflowDefinition> olds)
    {
        HashSet<string> now = [.. targets.SelectMany(Steps)];
        HashSet<string> then = [.. olds.SelectMany(Steps)];
        return
        [
            .. mapping.Renamed.Keys.Where(x => !then.Contains(x)).Select(x => $"No version that a case runs on has a step “{x}” for another to take its place."),
            .. mapping.Renamed.Values.Concat(mapping.Passed.Keys).Concat(mapping.LeftUndone).Concat(mapping.Begun).Where(x => !now.Contains(x)).Distinct()
                .Select(x => $"The new version has no step “{x}”."),
            .. mapping.Withdrawn.Where(x => !then.Contains(x)).Select(x => $"No version that a case runs on has a step “{x}” to withdraw."),
            .. mapping.Renamed.GroupBy(x => x.Value).Where(x => x.Count() > 1).Select(x => $"Two steps would become “{x.Key}”."),
        ];
    }

    private static HashSet<string> Steps(WorkflowDefinition definition) => [.. definition.Root.SelfAndBelow().Select(x => x.Id)];
}
