using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Diff;

/// <summary>What changed on one step.</summary>
internal static class StepChanges
{
    private static readonly string[] NoDifference = ["id", "activities", "connections", "variables"];

    public static DefinitionChange Added(PlacedStep step) => new(ChangedPart.Step, ChangeKind.Added, $"The step {NameOf(step)} is new{Within(step)}.")
    {
        ActivityId = step.Node.Id,
        After = step.Node.Json.ToJsonString(),
    };

    public static DefinitionChange Removed(PlacedStep step) => new(ChangedPart.Step, ChangeKind.Removed, $"The step {NameOf(step)} is gone{Within(step)}.")
    {
        ActivityId = step.Node.Id,
        Before = step.Node.Json.ToJsonString(),
    };

    public static IEnumerable<DefinitionChange> Between(PlacedStep older, PlacedStep newer, ActivityCatalog catalog)
    {
        if (older.Parent?.Id != newer.Parent?.Id || older.Port != newer.Port)
        {
            yield return new(ChangedPart.Step, ChangeKind.Moved, $"The step {NameOf(newer)} stands elsewhere{Within(newer)}.") { ActivityId = newer.Node.Id };
        }
        foreach (var (member, before, after) in DefinitionDiff.Members(older.Node.Json, newer.Node.Json))
        {
            foreach (var change in Member(newer, catalog, member, before, after))
            {
                yield return change with { ActivityId = newer.Node.Id };
            }
        }
        foreach (var change in WorkflowChanges.Listed(
            "id", ChangedPart.Variable, "variable", $" of {NameOf(newer)}", newer.Node.Id, older.Node.Json["variables"] as JsonArray, newer.Node.Json["variables"] as JsonArray))
        {
            yield return change;
        }
        if (IsReordered(older.Node, newer.Node))
        {
            yield return new(ChangedPart.Step, newer.Node.Type == "Elsa.Sequence" ? ChangeKind.Changed : ChangeKind.Redrawn, $"The steps within {NameOf(newer)} stand in another order.")
            {
                ActivityId = newer.Node.Id,
            };
        }
    }

    public static string NameOf(PlacedStep step) => step.Node.DisplayText == step.Node.Id ? $"“{step.Node.Id}”" : $"“{step.Node.DisplayText}” ({step.Node.Id})";

    private static IEnumerable<DefinitionChange> Member(PlacedStep step, ActivityCatalog catalog, string member, JsonNode? before, JsonNode? after) => member switch
    {
        _ when NoDifference.Contains(member) => [],
        // An embedded step is compared as a step of its own; only a port that holds none on one side leaves a trace here, as that step added or removed.
        _ when step.Node.Ports.ContainsKey(member) || IsStep(before) || IsStep(after) => [],
        "metadata" or "customProperties" when !IsObjectOrNothing(before) || !IsObjectOrNothing(after) => [Changed(step, $"“{member}”", member, before, after)],
        "metadata" => DefinitionDiff.Members(before as JsonObject, after as JsonObject).Select(part => Metadata(step, part.Member, part.Before, part.After)),
        "customProperties" => DefinitionDiff.Members(before as JsonObject, after as JsonObject)
            .Select(part => Changed(step, $"its property “{part.Member}”", $"customProperties.{part.Member}", part.Before, part.After)),
        "type" => [Changed(step, "its type", member, before, after)],
        "name" => [Changed(step, "its technical name", member, before, after)],
        "start" => [Changed(step, "the step that it begins with", member, before, after)],
        _ => Cases(before, after) is { } cases
            ? cases.Before == cases.After ? [] : [Changed(step, Label(step, catalog, member), member, before, after)]
            : [Changed(step, Label(step, catalog, member), member, before, after)],
    };

    private static DefinitionChange Metadata(PlacedStep step, string member, JsonNode? before, JsonNode? after) => member switch
    {
        "designer" => new(ChangedPart.Step, ChangeKind.Redrawn, $"The step {NameOf(step)} is drawn elsewhere.") { Member = "metadata.designer", Before = before?.ToJsonString(), After = after?.ToJsonString() },
        "displayText" => Changed(step, "its title", "metadata.displayText", before, after),
        "description" => Changed(step, "its note", "metadata.description", before, after),
        _ => Changed(step, $"its “{member}”", $"metadata.{member}", before, after) with { Kind = ChangeKind.Redrawn },
    };

    private static DefinitionChange Changed(PlacedStep step, string what, string member, JsonNode? before, JsonNode? after) =>
        new(ChangedPart.Step, ChangeKind.Changed, $"The step {NameOf(step)}: {what} {ValueWords.Change(before, after)}.")
        {
            Member = member,
            Before = before?.ToJsonString(),
            After = after?.ToJsonString(),
        };

    private static string Label(PlacedStep step, ActivityCatalog catalog, string member) =>
        catalog.Find(step.Node.Type)?.Inputs.FirstOrDefault(input => input.Member == member)?.DisplayName is { } name ? $"“{name}”" : $"“{member}”";

    // The cases of a Switch hold steps, which are compared as such; what is left are their labels and conditions.
    private static (string Before, string After)? Cases(JsonNode? before, JsonNode? after) =>
        HoldsSteps(before) || HoldsSteps(after) ? (WithoutSteps(before), WithoutSteps(after)) : null;

    private static bool HoldsSteps(JsonNode? list) => (list as JsonArray)?.Any(item => item is JsonObject entry && IsStep(entry["activity"])) ?? false;

    private static string WithoutSteps(JsonNode? list)
    {
        var copy = list?.DeepClone();
        foreach (var entry in (copy as JsonArray ?? []).OfType<JsonObject>())
        {
            entry.Remove("activity");
        }
        return CanonicalJson.Write(copy);
    }

    private static bool IsObjectOrNothing(JsonNode? value) => value is null or JsonObject;

    private static bool IsStep(JsonNode? value) => value is JsonObject json && json.TextOf("type") is not null && json.TextOf("id") is not null;

    private static bool IsReordered(ActivityNode older, ActivityNode newer)
    {
        var kept = older.Children.Select(child => child.Id).Intersect(newer.Children.Select(child => child.Id)).ToHashSet();
        return !older.Children.Select(child => child.Id).Where(kept.Contains).SequenceEqual(newer.Children.Select(child => child.Id).Where(kept.Contains));
    }

    private static string Within(PlacedStep step) => step switch
    {
        { Parent: null } => "",
        { Port.Length: > 0 } => $", as “{step.Port}” of “{step.Parent.DisplayText}”",
        { Parent.Type: "Elsa.Flowchart" } when step.Parent.NodeId.Count(c => c == ':') == 1 => "",
        _ => $", within “{step.Parent.DisplayText}”",
    };
}
