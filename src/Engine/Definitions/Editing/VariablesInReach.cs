using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>The variables that a step may read and set: the workflow's, and those of the containers around it.</summary>
public static class VariablesInReach
{
    /// <summary>The workflow's own first; empty names are left out.</summary>
    public static ImmutableArray<VariableDefinition> Of(WorkflowDefinition definition, string stepId) =>
        [.. definition.Variables, .. Around(definition.Root, stepId).SelectMany(node => node.Variables)];

    internal static IEnumerable<JsonObject> Json(WorkflowDefinition definition, string stepId) =>
        Around(definition.Root, stepId).Select(node => node.Json).Prepend(definition.Json).SelectMany(owner => owner.ArrayOf("variables").OfType<JsonObject>());

    private static IEnumerable<ActivityNode> Around(ActivityNode node, string stepId) =>
        node.Id == stepId ? [node] : node.Below.Select(below => Around(below, stepId)).FirstOrDefault(path => path.Any()) is { } path ? path.Prepend(node) : [];
}
