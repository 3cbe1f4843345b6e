using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Host.Designer;

/// <summary>Parts of a drawing by their place in it, the drawings of workflows used as steps included.</summary>
internal static class Subgraph
{
    /// <summary>A step with all below it.</summary>
    public static JsonObject? Of(ExecutionGraph graph, string nodeId) => graph.ByNodeId.GetValueOrDefault(nodeId) is { } node ? Node(node) : null;

    /// <summary>A step, the drawing that it stands in, and the way from the whole to there.</summary>
    public static JsonObject? Segments(ExecutionGraph graph, string nodeId)
    {
        var way = Way(graph.Root, nodeId);
        if (way is not [_, .., _])
        {
            return null;
        }

        var at = Enumerable.Range(0, way.Count - 1).Last(index => index == 0 || way[index].Children.Length > 0);
        var segments = new JsonArray();
        for (var index = 1; index < at; index++)
        {
            // From one drawing into the next: through the branch of a step, or into the workflow that a step stands for.
            if (!way[index].Children.Contains(way[index + 1]) || way[index].Workflow is not null)
            {
                segments.Add(new JsonObject
                {
                    ["activityNodeId"] = way[index].NodeId,
                    ["activityId"] = way[index].Id,
                    ["activityType"] = way[index].Type,
                    ["portName"] = Port(way[index], way[index + 1]),
                });
            }
        }

        return new JsonObject { ["childNode"] = Node(way[^1]), ["container"] = Node(way[at]), ["pathSegments"] = segments };
    }

    private static List<ActivityNode>? Way(ActivityNode node, string nodeId)
    {
        if (node.NodeId == nodeId)
        {
            return [node];
        }

        foreach (var below in node.Below)
        {
            if (nodeId == below.NodeId || nodeId.StartsWith(below.NodeId + ":", StringComparison.Ordinal))
            {
                return Way(below, nodeId) is { } rest ? [node, .. rest] : null;
            }
        }

        return null;
    }

    private static string Port(ActivityNode node, ActivityNode child)
    {
        var member = node.Ports.FirstOrDefault(port => port.Value == child).Key ?? "root";
        return char.ToUpperInvariant(member[0]) + member[1..];
    }

    private static JsonObject Node(ActivityNode node) => new()
    {
        ["activity"] = Numbered(node),
        ["propertyName"] = null,
        ["nodeId"] = node.NodeId,
        ["parents"] = new JsonArray(),
        ["children"] = new JsonArray([.. node.Below.Select(Node)]),
    };

    /// <summary>The step's JSON with the ids of its place here: a workflow used twice stands in two.</summary>
    private static JsonObject Numbered(ActivityNode node)
    {
        var json = node.Json.DeepClone().AsObject();
        json["nodeId"] = node.NodeId;
        json["id"] ??= node.Id;
        json["type"] ??= node.Type;
        json["version"] ??= node.Version;
        if (json["activities"] is JsonArray activities && node.Workflow is null)
        {
            for (var index = 0; index < node.Children.Length && index < activities.Count; index++)
            {
                activities[index] = Numbered(node.Children[index]);
            }
        }

        foreach (var (port, child) in node.Ports.Where(port => !port.Key.Contains('/', StringComparison.Ordinal)))
        {
            json[port] = Numbered(child);
        }

        return json;
    }
}
