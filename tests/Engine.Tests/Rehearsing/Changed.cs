using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.TestKit.Definitions;

namespace Assize.Engine.Tests.Rehearsing;

/// <summary>Which steps two versions treat otherwise, and which an instance has met.</summary>
internal static class Changed
{
    private const string Everything = "*";

    /// <summary>Steps that are drawn otherwise or stand otherwise in the flow: the arrows at them, which of those lead forward, and what lies before a join.</summary>
    public static HashSet<string> Between(string one, string other)
    {
        var (older, newer) = (RecordedCase.Compile(one), RecordedCase.Compile(other));
        HashSet<string> changed = [];
        foreach (var change in DefinitionDiff.Between(older.Definition, newer.Definition, TestActivities.Table.Catalog))
        {
            changed.Add(change.ActivityId ?? Everything);
            if (change.Connection is { } arrow)
            {
                changed.Add(arrow.Target);
            }
        }
        foreach (var node in older.ById.Values.Where(n => newer.ById.ContainsKey(n.Id)))
        {
            if (Place(older, node) != Place(newer, newer.ById[node.Id]))
            {
                changed.Add(node.Id);
            }
        }
        return changed;
    }

    public static HashSet<string> Touched(string json, RecordedCase one)
    {
        var graph = RecordedCase.Compile(json);
        HashSet<string> touched = [Everything];
        foreach (var note in one.Notes)
        {
            touched.Add(note.ActivityId);
            if ((string?)note.Data?["activityId"] is { } skipped)
            {
                touched.Add(skipped);
            }
        }
        foreach (var flowchart in graph.ById.Values.Where(n => n.Type == "Elsa.Flowchart"))
        {
            touched.UnionWith(flowchart.Connections.Where(c => touched.Contains(c.Source)).Select(c => c.Target).ToList());
        }
        return touched;
    }

    private static string Place(ExecutionGraph graph, ActivityNode node)
    {
        if (graph.ById.Values.FirstOrDefault(n => n.Type == "Elsa.Flowchart" && n.Children.Any(c => c.Id == node.Id)) is not { } around)
        {
            return "";
        }
        var flow = graph.Flowchart(around.NodeId);
        var arrows = flow.Inbound(node.Id).Concat(flow.Outbound(node.Id)).Select(c => $"{c.Source}:{c.SourcePort}>{c.Target}{flow.IsBackward(c)}{flow.IsBackward(c) && !flow.IsStructured(c)}");
        var before = node.Type == "Elsa.FlowJoin" ? flow.Ancestors(node.Id).Order(StringComparer.Ordinal).ToArray() : [];
        return $"{flow.IsDangling(node.Id)} {string.Join(',', arrows)} {string.Join(',', before)}";
    }
}
