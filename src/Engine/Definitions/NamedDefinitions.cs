namespace Assize.Engine.Definitions;

/// <summary>The workflows that a definition's steps name, those that the steps of these name, and so on.</summary>
public static class NamedDefinitions
{
    /// <summary>Those that are used as activities, as the compiler asks for them.</summary>
    public static Task<Dictionary<(string Id, int? Version), WorkflowDefinition>> GatherUsedAsync(
        WorkflowDefinition definition, ActivityCatalog catalog, Func<string, int?, Task<WorkflowDefinition?>> find) =>
        GatherAsync(definition, node => Compiler.WorkflowUsedBy(node, catalog) is { } use ? [use] : [], find);

    /// <summary>Each once, however often and in whatever circle it is named; those that are not there are left out.</summary>
    /// <param name="named">What a step names; a null version means the newest published one.</param>
    public static async Task<Dictionary<(string Id, int? Version), WorkflowDefinition>> GatherAsync(
        WorkflowDefinition definition, Func<ActivityNode, IEnumerable<(string Id, int? Version)>> named, Func<string, int?, Task<WorkflowDefinition?>> find)
    {
        Dictionary<(string, int?), WorkflowDefinition> gathered = [];
        HashSet<(string, int?)> met = [];
        for (Stack<WorkflowDefinition> open = new([definition]); open.TryPop(out var next);)
        {
            foreach (var name in next.Root.SelfAndBelow().SelectMany(named).Where(met.Add).ToList())
            {
                if (await find(name.Id, name.Version) is { } found)
                {
                    gathered[name] = found;
                    open.Push(found);
                }
            }
        }
        return gathered;
    }
}
