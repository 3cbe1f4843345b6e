using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>Adds a step of a known type.</summary>
/// <param name="Id">The new step's id, which no step of the workflow has or ever had.</param>
/// <param name="Type">A type of the catalogue that may be chosen.</param>
/// <param name="Title">What the step is called; its type's name where empty.</param>
public sealed record AddStep(string Id, string Type, string Title, StepPlace Place)
{
    /// <returns><see cref="NotEdited"/> where the type or the place does not exist.</returns>
    public EditAnswer To(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        if (catalog.Find(Type) is not { } descriptor)
        {
            return new NotEdited("activity-unknown", $"There is no kind of step \"{Type}\". Nothing was changed.");
        }
        var copy = new DefinitionCopy(definition);
        if (copy.Has(Id))
        {
            return new NotEdited("id-repeated", "This step was added already. Nothing was changed.");
        }
        List<string> notes = [];
        var ways = Ways(descriptor);
        if (new Placing(copy, notes).Put(New(copy, descriptor), Id, ways.IsEmpty ? null : ways[0], Place) is { } refused)
        {
            return refused;
        }
        return new Edited(DefinitionLayout.Place(copy.Read(), catalog)) { Notes = notes };
    }

    private static ImmutableArray<string> Ways(ActivityDescriptor descriptor)
    {
        var blank = new ActivityNode { Id = "", NodeId = "", Type = descriptor.TypeName, Version = descriptor.Version, DisplayText = "", Json = [] };
        return FlowPorts.Of(blank, descriptor) ?? [Connection.DefaultPort];
    }

    private JsonObject New(DefinitionCopy copy, ActivityDescriptor descriptor)
    {
        var step = new JsonObject
        {
            ["id"] = Id,
            ["type"] = descriptor.TypeName,
            ["version"] = descriptor.Version,
            ["name"] = Name(copy, descriptor),
            ["customProperties"] = new JsonObject
            {
                // As in Studio: the first trigger begins the workflow.
                ["canStartWorkflow"] = descriptor.Kind == ActivityKind.Trigger && !copy.Before.Root.SelfAndBelow().Any(node => node.CanStartWorkflow),
                ["runAsynchronously"] = false,
            },
            ["metadata"] = new JsonObject { ["displayText"] = Title.Length > 0 ? Title : descriptor.DisplayName },
        };
        if (descriptor.IsContainer)
        {
            step["activities"] = new JsonArray();
        }
        if (descriptor.TypeName == "Elsa.Flowchart")
        {
            step["connections"] = new JsonArray();
        }
        foreach (var (member, value) in descriptor.ConstructionProperties ?? [])
        {
            step[char.ToLowerInvariant(member[0]) + member[1..]] = value?.DeepClone();
        }
        return step;
    }

    private static string Name(DefinitionCopy copy, ActivityDescriptor descriptor)
    {
        for (var number = copy.CountOf(descriptor.TypeName) + 1; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{descriptor.Name}{number}");
            if (!copy.HasName(name))
            {
                return name;
            }
        }
    }
}
