using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Diff;

/// <summary>What is different between two versions of a workflow, for a reader who knows the process and not the format.</summary>
public static class DefinitionDiff
{
    private static readonly DefinitionChange WrittenDifferently =
        new(ChangedPart.Workflow, ChangeKind.Redrawn, "The file is written differently, in a way that changes nothing that is drawn.");

    /// <summary>All differences, the workflow's own first, then steps, then connections; steps are the same where their ids are.</summary>
    /// <param name="catalog">Gives inputs the names that Studio shows.</param>
    /// <returns>Empty exactly where <see cref="DefinitionHash"/> is equal, but for definitionId and version, which are no difference.</returns>
    public static ImmutableArray<DefinitionChange> Between(WorkflowDefinition older, WorkflowDefinition newer, ActivityCatalog catalog)
    {
        older = WithoutAssigned(older);
        newer = WithoutAssigned(newer);
        var changes = ImmutableArray.CreateBuilder<DefinitionChange>();
        changes.AddRange(WorkflowChanges.Between(older.Json, newer.Json));
        var before = Steps(older);
        var after = Steps(newer);
        foreach (var step in after.Values)
        {
            changes.AddRange(before.TryGetValue(step.Node.Id, out var known) ? StepChanges.Between(known, step, catalog) : [StepChanges.Added(step)]);
        }
        changes.AddRange(before.Values.Where(step => !after.ContainsKey(step.Node.Id)).Select(StepChanges.Removed));
        changes.AddRange(ConnectionChanges.Between(before, after));
        return changes.Count > 0 || JsonNode.DeepEquals(Counted(older), Counted(newer)) ? changes.ToImmutable() : [WrittenDifferently];
    }

    private static JsonObject Counted(WorkflowDefinition definition)
    {
        var json = definition.Json.DeepClone().AsObject();
        json.Remove("definitionId");
        json.Remove("version");
        return json;
    }

    private static WorkflowDefinition WithoutAssigned(WorkflowDefinition definition) =>
        DefinitionReader.Read(DefinitionHash.Hashed(definition).ToJsonString());

    private static ImmutableDictionary<string, PlacedStep> Steps(WorkflowDefinition definition)
    {
        // A broken draft may repeat an id; the first stands for all.
        var steps = ImmutableDictionary.CreateBuilder<string, PlacedStep>(StringComparer.Ordinal);
        Place(definition.Root, null, "root");
        return steps.ToImmutable();

        void Place(ActivityNode node, ActivityNode? parent, string port)
        {
            steps.TryAdd(node.Id, new PlacedStep(node, parent, port));
            foreach (var child in node.Children)
            {
                Place(child, node, "");
            }
            foreach (var (name, embedded) in node.Ports)
            {
                Place(embedded, node, name);
            }
        }
    }

    /// <summary>The members of two objects that differ, by name; a member that says null is another than one that is absent.</summary>
    internal static IEnumerable<(string Member, JsonNode? Before, JsonNode? After)> Members(JsonObject? before, JsonObject? after)
    {
        before ??= [];
        after ??= [];
        return before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Where(member => before.ContainsKey(member) != after.ContainsKey(member) || !JsonNode.DeepEquals(before[member], after[member]))
            .Select(member => (member, before[member], after[member]));
    }
}

/// <summary>A step with where it stands.</summary>
/// <param name="Port">The embedded port that holds it; empty within a container's list.</param>
internal sealed record PlacedStep(ActivityNode Node, ActivityNode? Parent, string Port);
