namespace Assize.Engine.Definitions.Editing;

/// <summary>The order in which people read a container: along the forward connections from its start, each branch together, and every step after all that lead to it.</summary>
internal static class ReadingOrder
{
    public static IReadOnlyList<(ActivityNode Node, bool IsReached)> Of(ActivityNode holder, ExecutionGraph graph)
    {
        if (holder.Type != "Elsa.Flowchart")
        {
            return [.. holder.Children.Select(child => (child, true))];
        }
        var flowchart = graph.Flowchart(holder.NodeId);
        HashSet<string> seen = [];
        List<(ActivityNode, bool)> order = [.. From(flowchart.Start, flowchart, seen).Select(node => (node, true))];
        // What is not reached is read the same way, from the steps that nothing enters.
        foreach (var node in holder.Children.OrderBy(child => flowchart.Inbound(child.Id).IsEmpty ? 0 : 1))
        {
            order.AddRange(From(node, flowchart, seen).Select(other => (other, false)));
        }
        return order;
    }

    // A walk in depth, read backwards from the ends: a step stands before all that it leads to.
    private static List<ActivityNode> From(ActivityNode? start, FlowchartGraph flowchart, HashSet<string> seen)
    {
        List<ActivityNode> order = [];
        Stack<(ActivityNode Node, Queue<string> Next)> open = [];
        Open(start);
        while (open.TryPeek(out var top))
        {
            if (top.Next.TryDequeue(out var next))
            {
                Open(flowchart.Activities[next]);
            }
            else
            {
                order.Add(open.Pop().Node);
            }
        }
        order.Reverse();
        return order;

        void Open(ActivityNode? node)
        {
            if (node is not null && seen.Add(node.Id))
            {
                open.Push((node, new Queue<string>(Forward(node.Id, flowchart).Reverse())));
            }
        }
    }

    private static IEnumerable<string> Forward(string id, FlowchartGraph flowchart) =>
        flowchart.Outbound(id).Where(arrow => !flowchart.IsReached(id) || !flowchart.IsBackward(arrow)).Select(arrow => arrow.Target);
}
