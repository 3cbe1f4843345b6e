using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>What a flowchart's connections must get right: their ends, their ports, and loops that are structured.</summary>
internal static class ConnectionRules
{
    public static IEnumerable<DefinitionProblem> Check(ActivityNode flowchart, ActivityCatalog catalog, ExecutionGraph graph) =>
        flowchart.Connections.SelectMany(c => Check(flowchart, c, catalog)).Concat(flowchart.Type == "Elsa.Flowchart" ? Loops(flowchart, graph) : []);

    private static IEnumerable<DefinitionProblem> Check(ActivityNode flowchart, Connection connection, ActivityCatalog catalog)
    {
        var source = flowchart.Children.FirstOrDefault(c => c.Id == connection.Source);
        var target = flowchart.Children.FirstOrDefault(c => c.Id == connection.Target);
        if (source is null || target is null)
        {
            var missing = source is null ? connection.Source : connection.Target;
            yield return Problem(flowchart, connection, "connection-dangling", flowchart.Id, $"Expected a connection of {flowchart.DisplayText} to join two of its steps, but there is no \"{missing}\".");
            yield break;
        }
        if (FlowPorts.Of(source, catalog.Find(source.Type)) is { } ports && !ports.Contains(connection.SourcePort))
        {
            var known = ports.IsEmpty ? "none" : string.Join(", ", ports);
            yield return Problem(flowchart, connection, "port-unknown", source.Id, $"Expected a connection to leave {source.DisplayText} by one of its ports ({known}), but it leaves by \"{connection.SourcePort}\".");
        }
        if (TargetPort(flowchart, connection) is { } port and not "In")
        {
            yield return Problem(flowchart, connection, "port-unknown", target.Id, $"Expected a connection to enter {target.DisplayText} by In, but it enters by \"{port}\".");
        }
    }

    private static IEnumerable<DefinitionProblem> Loops(ActivityNode flowchart, ExecutionGraph graph)
    {
        var prepared = graph.Flowchart(flowchart.NodeId);
        foreach (var connection in flowchart.Children.Where(c => prepared.IsReached(c.Id)).SelectMany(c => prepared.Outbound(c.Id)))
        {
            if (prepared.IsBackward(connection) && !prepared.IsStructured(connection))
            {
                yield return Problem(
                    flowchart, connection, "loop-unstructured", connection.Source,
                    $"Expected every path to {NameOf(prepared, connection.Source)} to pass {NameOf(prepared, connection.Target)}, to which it loops back, but one does not.");
            }
        }
    }

    private static string NameOf(FlowchartGraph graph, string id) => graph.Activities[id].DisplayText;

    private static string? TargetPort(ActivityNode flowchart, Connection connection) =>
        ((flowchart.Json["connections"]?[connection.Index] as JsonObject)?["target"] as JsonObject)?.TextOf("port");

    private static DefinitionProblem Problem(ActivityNode flowchart, Connection connection, string code, string activityId, string message) =>
        new(code, message, activityId, $"{flowchart.Pointer}/connections/{connection.Index}");
}
