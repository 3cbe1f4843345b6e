using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Diff;

/// <summary>What changed on the arrows of the flowcharts that both versions have; those of a new or gone flowchart go with it.</summary>
internal static class ConnectionChanges
{
    public static IEnumerable<DefinitionChange> Between(ImmutableDictionary<string, PlacedStep> before, ImmutableDictionary<string, PlacedStep> after) =>
        after.Values.Where(step => before.ContainsKey(step.Node.Id)).OrderBy(step => step.Node.Pointer, StringComparer.Ordinal)
            .SelectMany(step => Between(before[step.Node.Id].Node, step.Node, before, after));

    private static IEnumerable<DefinitionChange> Between(
        ActivityNode older, ActivityNode newer, ImmutableDictionary<string, PlacedStep> before, ImmutableDictionary<string, PlacedStep> after)
    {
        var gone = older.Connections.ExceptBy(newer.Connections.Select(Ends), Ends)
            .Select(arrow => Arrow(ChangeKind.Removed, arrow, before, "no longer leads")).ToList();
        var added = newer.Connections.ExceptBy(older.Connections.Select(Ends), Ends)
            .Select(arrow => Arrow(ChangeKind.Added, arrow, after, "now leads")).ToList();
        if (gone.Count + added.Count > 0)
        {
            return gone.Concat(added);
        }
        return JsonNode.DeepEquals(older.Json["connections"], newer.Json["connections"]) ? [] : [Redrawn(older, newer)];
    }

    private static (string, string, string) Ends(Connection arrow) => (arrow.Source, arrow.SourcePort, arrow.Target);

    private static DefinitionChange Arrow(ChangeKind kind, Connection arrow, ImmutableDictionary<string, PlacedStep> steps, string leads) =>
        new(ChangedPart.Connection, kind, $"“{arrow.SourcePort}” of {Name(arrow.Source, steps)} {leads} to {Name(arrow.Target, steps)}.")
        {
            ActivityId = arrow.Source,
            Connection = arrow,
        };

    private static string Name(string id, ImmutableDictionary<string, PlacedStep> steps) =>
        steps.TryGetValue(id, out var step) ? StepChanges.NameOf(step) : $"“{id}”, which does not exist";

    // The order of arrows decides which of several followers is taken first, so it is more than a matter of looks.
    private static DefinitionChange Redrawn(ActivityNode older, ActivityNode newer)
    {
        var sameOrder = older.Connections.Select(Ends).SequenceEqual(newer.Connections.Select(Ends));
        return new(ChangedPart.Connection, sameOrder ? ChangeKind.Redrawn : ChangeKind.Changed,
            sameOrder ? $"Arrows within “{newer.DisplayText}” are drawn differently." : $"Arrows within “{newer.DisplayText}” stand in another order.")
        {
            ActivityId = newer.Id,
        };
    }
}
