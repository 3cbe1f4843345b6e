using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>What a step is to say; what is null or not named stays as it is.</summary>
public sealed record StepEdit
{
    public string? Title { get; init; }

    /// <summary>The note for those who draw.</summary>
    public string? Note { get; init; }

    /// <summary>By JSON member.</summary>
    public ImmutableDictionary<string, InputText> Inputs { get; init; } = ImmutableDictionary<string, InputText>.Empty;

    /// <summary>Of switches, by JSON member.</summary>
    public ImmutableDictionary<string, ImmutableArray<InputCase>> Cases { get; init; } = ImmutableDictionary<string, ImmutableArray<InputCase>>.Empty;

    /// <summary>Where outputs go, by JSON member: a variable's id or an output's name, or "" for nowhere.</summary>
    public ImmutableDictionary<string, string> Outputs { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether it may start the workflow: an event, a timer, a date.</summary>
    public bool? CanStart { get; init; }

    /// <summary>Applies the edit to one step of the definition.</summary>
    /// <returns><see cref="NotEdited"/> where there is no such step.</returns>
    public EditAnswer To(WorkflowDefinition definition, string stepId, ActivityCatalog catalog)
    {
        var copy = new DefinitionCopy(definition);
        if (copy.Find(stepId) is not { } step)
        {
            return NotEdited.NoStep(stepId);
        }
        Describe(step);
        if (catalog.Find(step.Node.Type) is { } descriptor)
        {
            Fill(step, descriptor, definition);
        }
        if (CanStart is { } can && can != step.Node.CanStartWorkflow)
        {
            JsonPlaces.Object(step.Json, "customProperties")["canStartWorkflow"] = can;
        }
        var notes = OutcomeChanges.Follow(copy, step, catalog);
        return new Edited(copy.Read()) { Notes = notes };
    }

    private void Describe(PlacedJson step)
    {
        if (Title is { } title && title != step.Node.DisplayText)
        {
            JsonPlaces.Object(step.Json, "metadata")["displayText"] = title;
        }
        if (Note is { } note && note != ((step.Json["metadata"] as JsonObject)?.TextOf("description") ?? ""))
        {
            JsonPlaces.Object(step.Json, "metadata")["description"] = note;
        }
    }

    private void Fill(PlacedJson step, ActivityDescriptor descriptor, WorkflowDefinition definition)
    {
        foreach (var input in descriptor.Inputs)
        {
            if (Inputs.TryGetValue(input.Member, out var text))
            {
                InputWriter.Write(step, input, text, definition);
            }
            if (Cases.TryGetValue(input.Member, out var cases))
            {
                InputWriter.WriteCases(step, input, cases);
            }
        }
        foreach (var output in descriptor.Outputs.Where(output => Outputs.ContainsKey(output.Member)))
        {
            Bind(step, output, Outputs[output.Member]);
        }
    }

    private static void Bind(PlacedJson step, OutputDescriptor output, string target)
    {
        if ((step.Node.OutputBindings.GetValueOrDefault(output.Member)?.Target ?? "") == target)
        {
            return;
        }
        if (target.Length == 0)
        {
            step.Json.Remove(output.Member);
            return;
        }
        if (step.Json[output.Member] is not JsonObject binding)
        {
            step.Json[output.Member] = binding = new JsonObject { ["typeName"] = output.TypeName };
        }
        JsonPlaces.Object(binding, "memoryReference")["id"] = target;
    }
}
