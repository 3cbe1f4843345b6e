using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>Gives a place on the canvas to the steps that have none; what somebody placed is never moved.</summary>
public static class DefinitionLayout
{
    private const double Between = 80;
    private const double Below = 40;
    private const double Edge = 60;
    private const int Tries = 40;

    /// <summary>Layer after layer: a step stands to the right of those that lead to it, and where that is taken, below or above.</summary>
    public static WorkflowDefinition Place(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        if (!definition.Root.SelfAndBelow().Any(node => node.Type == "Elsa.Flowchart" && node.Children.Any(child => StepBox.PositionOf(child.Json) is null)))
        {
            return definition;
        }
        var copy = new DefinitionCopy(definition);
        var graph = Compiler.Compile(definition, catalog);
        foreach (var flowchart in definition.Root.SelfAndBelow().Where(node => node.Type == "Elsa.Flowchart"))
        {
            Place(flowchart, copy, graph, catalog);
        }
        return copy.Read();
    }

    private static void Place(ActivityNode flowchart, DefinitionCopy copy, ExecutionGraph graph, ActivityCatalog catalog)
    {
        var placed = flowchart.Children.Where(child => StepBox.PositionOf(child.Json) is not null).ToDictionary(child => child.Id, child => StepBox.Of(child, catalog.Find(child.Type)));
        foreach (var (node, _) in ReadingOrder.Of(flowchart, graph))
        {
            if (placed.ContainsKey(node.Id))
            {
                continue;
            }
            var box = Free(Wanted(node, StepBox.Of(node, catalog.Find(node.Type)), flowchart, placed), placed.Values);
            placed.Add(node.Id, box);
            var designer = JsonPlaces.Object(JsonPlaces.Object(copy.Find(node.Id)!.Json, "metadata"), "designer");
            designer["position"] = new JsonObject { ["x"] = box.X, ["y"] = box.Y };
        }
    }

    // Right of the last of those that lead here; else left of the first of those it leads to; else below everything.
    private static StepBox Wanted(ActivityNode node, StepBox size, ActivityNode flowchart, Dictionary<string, StepBox> placed)
    {
        var before = Placed(flowchart.Connections.Where(arrow => arrow.Target == node.Id).Select(arrow => arrow.Source));
        var after = Placed(flowchart.Connections.Where(arrow => arrow.Source == node.Id).Select(arrow => arrow.Target));
        return (before, after) switch
        {
            ({ Count: > 0 }, _) => size with { X = before.Max(box => box.Right) + Between, Y = before.MaxBy(box => box.Right)!.Y },
            (_, { Count: > 0 }) => size with { X = after.Min(box => box.X) - Between - size.Width, Y = after.MinBy(box => box.X)!.Y },
            _ when placed.Count == 0 => size with { X = Edge, Y = Edge },
            _ => size with { X = placed.Values.Min(box => box.X), Y = placed.Values.Max(box => box.Bottom) + Between },
        };

        List<StepBox> Placed(IEnumerable<string> ids) => [.. ids.Where(placed.ContainsKey).Select(id => placed[id])];
    }

    private static StepBox Free(StepBox wanted, IReadOnlyCollection<StepBox> taken)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var away = (attempt + 1) / 2 * (wanted.Height + Below);
            var box = wanted with { Y = wanted.Y + (attempt % 2 == 1 ? away : -away) };
            if (!taken.Any(other => other.IsNear(box, Below / 2)))
            {
                return box;
            }
        }
        var column = taken.Where(other => other.IsNear(wanted with { Y = other.Y }, Below / 2));
        return wanted with { Y = column.Max(other => other.Bottom) + Below };
    }
}
